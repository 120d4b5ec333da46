import type { ExperimentView } from '../../api/contract.js';
import { useAnswer } from '../../plan/use-answer.js';
import type { DraftBody } from './draft-body.js';
import type { Fault } from './fault.js';

/** What the server would say to the draft as it is typed, without what cannot be read of it. */
export interface DraftCheck {
  /** What it refuses of the body below. */
  readonly faults: readonly Fault[];
  /** What it was last asked about; null before the first answer. */
  readonly body: unknown;
  /** What it would take, with what to reconsider; null where it would not, or has not said so yet. */
  readonly taken: ExperimentView | null;
  readonly asking: boolean;
}

/** Has the server try the draft, without creating anything, whenever typing pauses. */
export function useCheck({ body }: Pick<DraftBody, 'body'>): DraftCheck {
  const { data, problem, asking, question } = useAnswer<ExperimentView>({
    method: 'POST',
    path: 'v1/experiments?dryRun=true',
    body,
  });
  // Who may only look is refused as a whole, which is told once the draft is to be created.
  const faults = problem?.faults ?? [];
  return { faults, body: question?.body ?? null, taken: asking ? null : data, asking };
}
