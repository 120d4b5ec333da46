import { Field } from './field.js';
import type { FormProps } from './form-props.js';
import type { SegmentsWish } from './wish.js';

const fields = [
  {
    name: 'attributes',
    label: 'Attributes',
    placeholder: 'none: the same weights for everyone',
    hint: 'Such as “language, plan”: the most important first, as they come with the assignment.',
  },
  {
    name: 'minimumUnits',
    label: 'Units it takes',
    placeholder: '200',
    hint: 'Of every variant, before a segment has weights of its own.',
  },
  { name: 'maximumLeaves', label: 'Segments at most', placeholder: '8', hint: 'The others go along.' },
] as const satisfies readonly { readonly name: keyof SegmentsWish; readonly [words: string]: string }[];

/** Weights of their own for units that are told apart by what is known of them. */
export function SegmentsFields({ wish: { segments }, onChange }: Pick<FormProps, 'wish' | 'onChange'>) {
  return (
    <fieldset>
      <legend>Segments with weights of their own</legend>
      <div class="field-row">
        {fields.map(({ name, label, placeholder, hint }) => (
          <Field
            key={name}
            label={label}
            pointer={`/segments/${name}`}
            hint={hint}
            control={(tied) => (
              <input
                {...tied}
                inputMode={name === 'attributes' ? undefined : 'numeric'}
                spellcheck={false}
                autocomplete="off"
                placeholder={placeholder}
                value={segments[name]}
                onInput={(event) =>
                  onChange({ segments: { ...segments, [name]: event.currentTarget.value } })
                }
              />
            )}
          />
        ))}
      </div>
    </fieldset>
  );
}
