import { durationOf } from '../../format/duration.js';
import { useDraftEditor } from './draft-context.js';
import { CheckField, TextField } from './draft-field.js';
import { emptyStep, type DraftForm, type RampChoice } from './draft-form.js';
import { suggestedRamp } from './server-defaults.js';
import { Step } from './step.js';

const choices: readonly { readonly choice: RampChoice; readonly words: string }[] = [
  { choice: 'none', words: 'None: everyone is let in at once' },
  { choice: 'suggested', words: 'The usual one for a change of prompt' },
  { choice: 'own', words: 'My own' },
];

/** How slowly units are let in. */
export function RampStep() {
  const { form, change } = useDraftEditor();
  return (
    <Step
      id="ramp"
      title="Ramp"
      lead="Lets units in step by step, so that harm meets few. A guardrail that is breached keeps it where it is."
    >
      <div role="radiogroup" aria-label="Ramp" class="choices" data-pointer="/ramp" tabIndex={-1}>
        {choices.map(({ choice, words }) => (
          <label key={choice} class="check">
            <input
              type="radio"
              name="ramp"
              checked={form.rampChoice === choice}
              onChange={() => change((old) => ({ ...old, rampChoice: choice }))}
            />
            {words}
          </label>
        ))}
      </div>
      {form.rampChoice === 'suggested' && (
        <ol class="ramp-steps">
          {suggestedRamp.map(({ after, coverage }) => (
            <li key={after}>
              <strong>{coverage}%</strong> <span class="hint">after {durationOf(after)}</span>
            </li>
          ))}
        </ol>
      )}
      {form.rampChoice === 'own' && <OwnSteps />}
    </Step>
  );
}

function OwnSteps() {
  const { form, change } = useDraftEditor();
  const set = (ramp: DraftForm['ramp']) => change((old) => ({ ...old, ramp }));
  return (
    <>
      {form.ramp.map((_, place) => (
        <fieldset key={place} class="line-editor">
          <legend>Step {place + 1}</legend>
          <div class="fields fields-small">
            <TextField label="Coverage, in %" at={`/ramp/${place}/coverage`} numeric />
            <TextField
              label="After the start"
              at={`/ramp/${place}/after`}
              placeholder={place === 0 ? 'P0D' : 'as the one before'}
              suggestions={['P0D', 'P1D', 'P2D', 'P5D', 'P7D', 'P10D', 'P14D']}
            />
            <TextField
              label="Once so many units came"
              at={`/ramp/${place}/units`}
              numeric
              placeholder="any"
            />
            <CheckField label="Waits for an approval" at={`/ramp/${place}/approval`} />
          </div>
          <button
            type="button"
            class="quiet"
            disabled={form.ramp.length === 1}
            aria-label={`Remove step ${place + 1}`}
            onClick={() => set(form.ramp.filter((__, other) => other !== place))}
          >
            Remove
          </button>
        </fieldset>
      ))}
      <p>
        <button type="button" onClick={() => set([...form.ramp, emptyStep])}>
          Add a step
        </button>
      </p>
    </>
  );
}
