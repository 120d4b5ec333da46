import { AreaField, ChoiceField, TextField } from './draft-field.js';
import { serverDefaults, units } from './server-defaults.js';
import { Step } from './step.js';

/** What is asked, and of whom. */
export function WhatStep() {
  return (
    <Step
      id="what"
      title="What and why"
      lead="A key that code asks for, and what you expect to happen and why. Written down before, it cannot change after."
    >
      <div class="fields">
        <TextField
          label="Key"
          at="/key"
          required
          placeholder="exp_summarize_v3"
          hint="Letters, digits, “_”, “.” and “-”. It never changes."
        />
        <TextField label="Name" at="/name" placeholder="as the key" hint="For people; may change later." />
        <ChoiceField label="Unit" at="/unit" hint="What keeps its variant: each one is counted once.">
          <option value="">{serverDefaults.unit} (as a rule)</option>
          {units
            .filter((unit) => unit !== serverDefaults.unit)
            .map((unit) => (
              <option key={unit} value={unit}>
                {unit}
              </option>
            ))}
        </ChoiceField>
      </div>
      <AreaField
        label="Hypothesis"
        at="/hypothesis"
        rows={3}
        placeholder="Shorter summaries are rated higher by at least 0.2 stars, because people read them to the end."
      />
    </Step>
  );
}
