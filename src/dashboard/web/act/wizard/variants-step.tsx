import { useDraftEditor } from './draft-context.js';
import { Step } from './step.js';
import { VariantEditor } from './variant-editor.js';
import { withVariant } from './variant-changes.js';
import { differenceSentence, namedConfigs, shortValue, variantDifferences } from './variant-differences.js';

/** What is compared. */
export function VariantsStep({ models }: { readonly models: readonly string[] }) {
  const { form, change } = useDraftEditor();
  return (
    <Step
      id="variants"
      title="Variants"
      lead="Each is a whole configuration: model, prompt, parameters. The others are compared with the control, which is what users get today."
    >
      <div class="variant-editors" role="group" aria-label="Variants" data-pointer="/variants" tabIndex={-1}>
        {form.variants.map((variant, place) => (
          <VariantEditor key={variant.id} place={place} models={models} />
        ))}
      </div>
      <p>
        <button type="button" onClick={() => change(withVariant)}>
          Add a variant
        </button>{' '}
        <span class="hint">It begins as a copy of the control.</span>
      </p>
      <Differences />
    </Step>
  );
}

function Differences() {
  const { form } = useDraftEditor();
  const differences = variantDifferences(namedConfigs(form.variants));
  return (
    <div class={`note ${differences.length === 1 ? '' : 'note-warn'}`}>
      <p role="status">{differenceSentence(differences)}</p>
      {differences.length > 0 && (
        <dl class="differences">
          {differences.map(({ parameter, values }) => (
            <div key={parameter}>
              <dt>
                <code>{parameter}</code>
              </dt>
              {values.map(({ variant, value }) => (
                <dd key={variant}>
                  <strong>{variant}</strong> {shortValue(value)}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
