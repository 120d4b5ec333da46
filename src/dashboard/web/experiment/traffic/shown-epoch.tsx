import type { EpochView } from '../../api/contract.js';
import { shareOf } from '../../format/number.js';
import { causeWords } from './cause-words.js';
import { EpochDetails } from './epoch-details.js';
import type { RiverStep } from './river-layout.js';
import { servingWords } from './serving.js';
import { shownOf, type EpochChoice } from './use-epoch-choice.js';

interface ShownEpochProps {
  readonly choice: EpochChoice;
  readonly epochs: readonly EpochView[];
  readonly starts: readonly number[];
  readonly steps: readonly RiverStep[];
  readonly variants: readonly string[];
  readonly until: number;
}

/** The epoch that is pointed at or chosen, in words; what is chosen is also read aloud. */
export function ShownEpoch({ choice, epochs, starts, steps, variants, until }: ShownEpochProps) {
  const shown = shownOf(choice);
  const [from, to] = [starts[shown] ?? 0, starts[shown + 1] ?? until + 1];
  const stopped = steps.find(({ at, serving }) => serving !== 'test' && at >= from && at < to);
  const spoken = choice.spoken === null ? undefined : epochs[choice.spoken];
  return (
    <>
      <EpochDetails
        epochs={epochs}
        shown={shown}
        variants={variants}
        serving={stopped ? servingWords(stopped.serving) : null}
        until={until}
        onChoose={choice.choose}
      />
      <p class="visually-hidden" role="status">
        {spoken && `${causeWords(spoken)}. ${weightsOf(spoken)}`}
      </p>
    </>
  );
}

function weightsOf({ weights }: EpochView): string {
  return Object.entries(weights)
    .map(([variant, weight]) => `${variant} ${shareOf(weight)}`)
    .join(', ');
}
