import { Field } from './field.js';
import type { FormProps } from './form-props.js';
import { VariantField } from './variant-field.js';
import type { StageWish, Wish } from './wish.js';

/** Who wins, in which stages, and who has the rest meanwhile. */
export function RolloutForm(props: FormProps) {
  const { wish, onChange, experiment } = props;
  return (
    <>
      <VariantField label="Winner" pointer="/winner" {...props} />
      <Stages stages={wish.stages} onChange={(stages) => onChange({ stages })} />
      <Field
        label="What the winner leaves goes to"
        pointer="/remainder"
        control={(tied) => (
          <select
            {...tied}
            value={wish.remainder}
            onChange={(event) => onChange({ remainder: event.currentTarget.value as Wish['remainder'] })}
          >
            <option value="others">the others, shared as before</option>
            <option value="control">control ({experiment.control}) alone</option>
          </select>
        )}
      />
    </>
  );
}

interface StagesProps {
  readonly stages: readonly StageWish[];
  readonly onChange: (stages: readonly StageWish[]) => void;
}

function Stages({ stages, onChange }: StagesProps) {
  const change = (place: number, changed: Partial<StageWish>) =>
    onChange(stages.map((stage, index) => (index === place ? { ...stage, ...changed } : stage)));
  const add = () => onChange([{ percent: '50', hold: 'PT24H' }, ...stages]);
  return (
    <fieldset>
      <legend>Stages</legend>
      {stages.map((stage, place) => (
        <Stage
          key={place}
          place={place}
          stage={stage}
          isLast={place === stages.length - 1}
          onChange={(changed) => change(place, changed)}
          onRemove={() => onChange(stages.filter((_, index) => index !== place))}
        />
      ))}
      <button type="button" class="quiet" onClick={add} disabled={stages.length >= 20}>
        Add a stage before
      </button>
    </fieldset>
  );
}

interface StageProps {
  readonly place: number;
  readonly stage: StageWish;
  readonly isLast: boolean;
  readonly onChange: (changed: Partial<StageWish>) => void;
  readonly onRemove: () => void;
}

function Stage({ place, stage, isLast, onChange, onRemove }: StageProps) {
  return (
    <div class="stage">
      <Field
        label={`Stage ${place + 1}, percent`}
        pointer={`/stages/${place}/percent`}
        control={(tied) => (
          <input
            {...tied}
            inputMode="decimal"
            value={stage.percent}
            onInput={(event) => onChange({ percent: event.currentTarget.value })}
          />
        )}
      />
      {isLast ? (
        <p class="hint">for good: the winner is shipped</p>
      ) : (
        <>
          <Field
            label="held for"
            pointer={`/stages/${place}/hold`}
            control={(tied) => (
              <input
                {...tied}
                spellcheck={false}
                value={stage.hold}
                onInput={(event) => onChange({ hold: event.currentTarget.value })}
              />
            )}
          />
          <button type="button" class="quiet" aria-label={`Remove stage ${place + 1}`} onClick={onRemove}>
            Remove
          </button>
        </>
      )}
    </div>
  );
}
