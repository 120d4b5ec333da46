import { jsonExamples } from './draft-extras.js';
import { AreaField, InstantField, TextField } from './draft-field.js';
import { Step } from './step.js';

/** Who takes part, and from when until when. */
export function AudienceStep() {
  return (
    <Step
      id="audience"
      title="Who and when"
      lead="Left empty: everyone, from the start that somebody presses until the end that somebody decides."
    >
      <div class="fields">
        <InstantField label="Starts by itself at" at="/startsAt" hint="In your time zone." />
        <InstantField
          label="Ends by itself at"
          at="/endsAt"
          hint="No new units are let in after it. In your time zone."
        />
        <TextField
          label="Layer"
          at="/layer/key"
          placeholder="none"
          hint="Experiments of one layer never meet the same unit."
        />
        <TextField label="Share of the layer, in %" at="/layer/percent" numeric placeholder="none" />
      </div>
      <AreaField
        label="Targeting: a rule over attributes (JSON)"
        at="/targeting"
        rows={4}
        code
        placeholder={jsonExamples.targeting}
        hint='Operators such as equals, in, contains, greater, before, semver; rules within "all", "any" and "not".'
      />
    </Step>
  );
}
