import { useEffect } from 'preact/hooks';
import type { ExperimentView } from '../../api/contract.js';
import type { Problem } from '../../api/request.js';
import { useAnswer } from '../../plan/use-answer.js';
import type { DraftBody } from './draft-body.js';
import { shownFaults, type ShownFaults } from './faults-shown.js';
import { fieldPlaces } from './focus-field.js';

/** What the server would say to the draft as it is typed. */
export interface DraftCheck {
  /** What it refuses, at the fields; null where it refuses nothing, or was not asked. */
  readonly refused: ShownFaults | null;
  /** What it would take, with what to reconsider; null before it was asked. */
  readonly taken: ExperimentView | null;
  readonly asking: boolean;
}

/**
 * Has the server try the draft, without creating anything, whenever typing pauses and what was typed can be read.
 *
 * @param onTaken called once the server would take it
 */
export function useCheck({ body, faults }: DraftBody, onTaken: () => void): DraftCheck {
  const { data, problem, asking } = useAnswer<ExperimentView>(
    faults.length > 0 ? null : { method: 'POST', path: 'v1/experiments?dryRun=true', body },
  );
  useEffect(() => {
    if (data !== null) onTaken();
  }, [data]);
  return { refused: asking ? null : faultsOf(problem), taken: asking ? null : data, asking };
}

/** Who may only look is refused as a whole, which is told once the draft is to be created. */
function faultsOf(problem: Problem | null): ShownFaults | null {
  return problem === null || problem.faults.length === 0 ? null : shownFaults(problem, fieldPlaces());
}
