/** The share of all units that no experiment started since touches: the same units in each of them. */
export interface ProgrammeHoldback {
  /** Percentage of units, more than 0 and at most 50. */
  readonly percent: number;
  readonly salt: string;
}

/** The programme's holdback as people see it. */
export interface ProgrammeHoldbackView {
  readonly percent: number;
  readonly since: Date;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Whether an experiment keeps any units on the configuration of before: by its own holdback or the programme's.
 *
 * @example hasHoldback({ holdback: 0, programmeHoldback: { percent: 5, salt } }) // true
 */
export function hasHoldback({
  holdback,
  programmeHoldback,
}: {
  readonly holdback: number;
  readonly programmeHoldback: ProgrammeHoldback | null;
}): boolean {
  return holdback > 0 || programmeHoldback !== null;
}
