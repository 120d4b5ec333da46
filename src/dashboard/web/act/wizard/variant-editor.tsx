import { variantStyle } from '../../chart/variant-style.js';
import { visible } from '../../format/visible.js';
import { useDraftEditor } from './draft-context.js';
import { AreaField, TextField } from './draft-field.js';
import { serverDefaults } from './server-defaults.js';
import { withoutVariant } from './variant-changes.js';

export interface VariantEditorProps {
  readonly place: number;
  /** Names to propose. */
  readonly models: readonly string[];
}

/** One variant's key and configuration. */
export function VariantEditor({ place, models }: VariantEditorProps) {
  const { form, change } = useDraftEditor();
  const at = `/variants/${place}`;
  const key = visible(form.variants[place]?.key.trim() || `variant ${place + 1}`);
  const isControl = form.controlPlace === place;
  return (
    <fieldset class={`variant-editor ${variantStyle(place).name}`}>
      <legend>{key}</legend>
      <div class="variant-head">
        <label class="check">
          <input
            type="radio"
            name="control"
            data-pointer={isControl ? '/control' : undefined}
            checked={isControl}
            onChange={() => change((old) => ({ ...old, controlPlace: place }))}
          />
          Control
        </label>
        <button
          type="button"
          class="quiet"
          disabled={form.variants.length <= 2}
          aria-label={`Remove ${key}`}
          onClick={() => change((old) => withoutVariant(old, place))}
        >
          Remove
        </button>
      </div>
      <div class="fields">
        <TextField label="Key" at={`${at}/key`} required />
        <TextField label="Name" at={`${at}/name`} placeholder="as the key" />
        <TextField
          label="Weight"
          at={`${at}/weight`}
          numeric
          placeholder={serverDefaults.weight}
          hint="Beside the others’."
        />
        <TextField
          label="Prompt version"
          at={`${at}/promptVersion`}
          placeholder="its hash"
          hint="A name for its prompt, shown beside its answers."
        />
      </div>
      <ConfigFields at={`${at}/config`} models={models} />
    </fieldset>
  );
}

function ConfigFields({ at, models }: { readonly at: string; readonly models: readonly string[] }) {
  return (
    <>
      <AreaField label="System prompt" at={`${at}/systemPrompt`} rows={10} />
      <div class="fields">
        <TextField label="Model" at={`${at}/model`} suggestions={models} placeholder="the server’s default" />
        <TextField label="Temperature" at={`${at}/temperature`} numeric placeholder="the model’s" />
        <TextField label="Max. tokens" at={`${at}/maxTokens`} numeric placeholder="1024" />
      </div>
      <AreaField
        label="Other parameters (JSON)"
        at={`${at}/others`}
        pointer={at}
        rows={2}
        code
        placeholder={'{"topP": 0.9}'}
      />
    </>
  );
}
