import type { MetricView } from '../../api/contract.js';
import { durationOf } from '../../format/duration.js';
import { useDraftEditor } from './draft-context.js';
import { jsonExamples } from './draft-extras.js';
import { AreaField, ChoiceField, TextField } from './draft-field.js';
import { serverDefaults } from './server-defaults.js';
import { Step } from './step.js';

/** Who sets the weights. */
export function AllocationStep({ metrics }: { readonly metrics: readonly MetricView[] }) {
  const { form } = useDraftEditor();
  return (
    <Step
      id="allocation"
      title="Allocation"
      lead="Fixed weights find a difference soonest. A bandit moves units towards what does better while it learns."
    >
      <div class="fields">
        <ChoiceField label="Weights" at="/allocation/mode">
          <option value="fixed">fixed: those of the variants above</option>
          <option value="bandit">bandit: by Thompson sampling on a reward</option>
        </ChoiceField>
        {form.allocation.mode === 'bandit' && (
          <TextField
            label="Reward: what it raises"
            at="/allocation/reward"
            placeholder={form.metrics.primary[0] ?? 'the primary metric'}
            suggestions={metrics.map(({ key }) => key)}
            hint={'A metric; or as JSON a sum, {"utility": {"user_rating": 1, "cost_usd": -20}}.'}
          />
        )}
      </div>
      {form.allocation.mode === 'bandit' && <BanditFields />}
    </Step>
  );
}

function BanditFields() {
  const { form } = useDraftEditor();
  const every = durationOf(form.allocation.every.trim() || serverDefaults.every);
  return (
    <>
      <div class="fields">
        <TextField
          label="Steps every"
          at="/allocation/every"
          placeholder={serverDefaults.every}
          suggestions={['PT15M', 'PT1H', 'PT6H', 'P1D']}
          hint={`Weights move once in ${every} at most.`}
        />
        <TextField
          label="Least share of a variant"
          at="/allocation/floor"
          numeric
          placeholder={serverDefaults.floor}
          hint="0.01 is 1% of new units."
        />
        <TextField
          label="Largest step"
          at="/allocation/maximumStep"
          numeric
          placeholder="1: no limit"
          hint="The most any share moves at once: 0.2 is 20 points."
        />
        <TextField
          label="Reserved for the control"
          at="/allocation/controlShare"
          numeric
          placeholder="0: the least share alone"
          hint="0.2 is 20% of new units."
        />
        <BurnInFields />
      </div>
      <BanditChoices />
      <AreaField
        label="Other choices of the bandit (JSON)"
        at="/allocation/others"
        pointer="/allocation"
        rows={2}
        code
        placeholder={jsonExamples.allocation}
      />
    </>
  );
}

function BurnInFields() {
  return (
    <>
      <TextField
        label="First step after units"
        at="/allocation/burnIn/unitsPerVariant"
        numeric
        placeholder={serverDefaults.burnInUnits}
        hint="Each variant’s, matured, with a reward."
      />
      <TextField
        label="… and rewards"
        at="/allocation/burnIn/rewards"
        numeric
        placeholder="any"
        hint="Values that really came."
      />
      <TextField label="… and hours" at="/allocation/burnIn/hours" numeric placeholder="any" />
    </>
  );
}

function BanditChoices() {
  return (
    <div class="fields">
      <ChoiceField label="Objective" at="/allocation/objective">
        <option value="">earn most on the way (as a rule)</option>
        <option value="best-variant">find the best variant soonest, and stop</option>
      </ChoiceField>
      <ChoiceField label="Older units" at="/allocation/discount">
        <option value="">count in full (as a rule)</option>
        <option value="on-drift">count less once rewards drift</option>
      </ChoiceField>
      <ChoiceField label="A sudden jump of one reward" at="/allocation/onJump">
        <option value="">freezes the weights (as a rule)</option>
        <option value="ignore">is taken as it comes</option>
      </ChoiceField>
    </div>
  );
}
