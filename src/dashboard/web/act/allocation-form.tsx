import { numberFrom } from '../format/number-in.js';
import { rewardWords } from './changes.js';
import { Field } from './field.js';
import type { FormProps } from './form-props.js';
import { SegmentsFields } from './segments-fields.js';
import type { Wish } from './wish.js';

/** Who sets the weights from now on, and to what. */
export function AllocationForm(props: FormProps) {
  const { wish, onChange } = props;
  const choice = (mode: Wish['mode'], words: string) => (
    <label class="choice">
      <input type="radio" name="mode" checked={wish.mode === mode} onChange={() => onChange({ mode })} />
      {words}
    </label>
  );
  return (
    <>
      <fieldset>
        <legend>Who sets the weights</legend>
        {choice('fixed', 'A person: fixed weights, to measure')}
        {choice('bandit', 'A bandit: more units to what earns more')}
      </fieldset>
      {wish.mode === 'fixed' ? <WeightFields {...props} /> : <BanditFields {...props} />}
      {wish.mode === 'bandit' && <SegmentsFields {...props} />}
    </>
  );
}

function WeightFields({ experiment, wish, onChange }: FormProps) {
  const sum = Object.values(wish.weights).reduce((total, text) => total + (numberFrom(text) ?? 0), 0);
  return (
    <fieldset>
      <legend>Share of new units, in percent</legend>
      <div class="field-row">
        {experiment.variants.map(({ key }) => (
          <Field
            key={key}
            label={key}
            pointer={`/weights/${key}`}
            control={(tied) => (
              <input
                {...tied}
                inputMode="decimal"
                value={wish.weights[key] ?? '0'}
                onInput={(event) =>
                  onChange({ weights: { ...wish.weights, [key]: event.currentTarget.value } })
                }
              />
            )}
          />
        ))}
      </div>
      {Math.abs(sum - 100) > 0.05 && (
        <p class="hint">They add up to {Math.round(sum * 100) / 100}; each counts as its part of that.</p>
      )}
    </fieldset>
  );
}

function BanditFields({ experiment, wish, onChange }: FormProps) {
  const { allocation, metrics } = experiment;
  const present =
    allocation.mode === 'bandit' && typeof allocation.reward !== 'string' ? allocation.reward : null;
  return (
    <div class="field-row">
      <Field
        label="Reward"
        pointer="/reward"
        hint="What it raises."
        control={(tied) => (
          <select
            {...tied}
            value={wish.reward}
            onChange={(event) => onChange({ reward: event.currentTarget.value })}
          >
            {present && <option value="">{rewardWords(present)}, as now</option>}
            {[...metrics.primary, ...metrics.secondary].map((metric) => (
              <option key={metric}>{metric}</option>
            ))}
          </select>
        )}
      />
      <Field
        label="Floor, in percent"
        pointer="/floor"
        hint="Least share of every variant."
        control={(tied) => (
          <input
            {...tied}
            inputMode="decimal"
            value={wish.floor}
            onInput={(event) => onChange({ floor: event.currentTarget.value })}
          />
        )}
      />
      <Field
        label="Every"
        pointer="/every"
        hint="PT1H is an hour, P1D a day."
        control={(tied) => (
          <input
            {...tied}
            spellcheck={false}
            value={wish.every}
            onInput={(event) => onChange({ every: event.currentTarget.value })}
          />
        )}
      />
    </div>
  );
}
