import type { ExperimentView } from '../api/contract.js';
import { changesOf } from './changes.js';

export interface MeanwhileProps {
  /** What the reader decides on. */
  readonly seen: ExperimentView;
  /** What it has become. */
  readonly present: ExperimentView;
  readonly onGoOn: () => void;
}

/** Says that someone or something changed the experiment while the reader was filling in. */
export function MeanwhileNote({ seen, present, onGoOn }: MeanwhileProps) {
  const changes = changesOf(seen, present);
  return (
    <div role="status">
      {present.version !== seen.version && (
        <div class="meanwhile">
          <p>
            It was changed meanwhile
            {changes.length > 0 &&
              `: ${changes.map(({ what, before, after }) => `${what.toLowerCase()} from ${before} to ${after}`).join('; ')}`}
            . What you filled in is kept.
          </p>
          <button type="button" onClick={onGoOn}>
            Go on from there
          </button>
        </div>
      )}
    </div>
  );
}
