/** Which answers are shown, as the address says it. */
export interface AnswerFilter {
  /** A variant, `$holdback` or `$fallback`; empty = every variant, side by side. */
  readonly variant: string;
  readonly outcome: string;
  /** The unit's id, as the application knows it. */
  readonly unit: string;
  /** The least score of the judge, as a number; empty = whether it was scored or not. */
  readonly atLeast: string;
  readonly atMost: string;
}

/** @example readAnswerFilter(new URLSearchParams('unit=u1')).unit // 'u1' */
export function readAnswerFilter(query: URLSearchParams): AnswerFilter {
  const text = (name: string) => query.get(name) ?? '';
  return {
    variant: text('variant'),
    outcome: text('outcome'),
    unit: text('unit'),
    atLeast: text('atLeast'),
    atMost: text('atMost'),
  };
}

/** The address's part, without what is not asked for. */
export function answerFilterQuery(filter: AnswerFilter): Record<string, string> {
  return withoutEmpty({ ...filter });
}

function withoutEmpty(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

const atOnce = 5;

/**
 * Where one variant's answers are read.
 *
 * @example answersPath('exp_1', 'control', filter) // 'v1/experiments/exp_1/generations?limit=5&measured=true&variant=control'
 */
export function answersPath(
  key: string,
  variant: string,
  { outcome, unit, atLeast, atMost }: AnswerFilter,
): string {
  const given = { outcome, unit, judgeScoreAtLeast: atLeast, judgeScoreAtMost: atMost };
  const query = new URLSearchParams({
    limit: String(atOnce),
    measured: 'true',
    variant,
    ...withoutEmpty(given),
  });
  return `v1/experiments/${encodeURIComponent(key)}/generations?${query.toString()}`;
}
