import type { ExperimentView } from '../../api/contract.js';
import { numberFrom } from '../../format/number-in.js';
import { PlanSize } from '../../plan/plan-size.js';
import { usePlan } from '../../plan/use-plan.js';
import { changedAt } from './draft-change.js';
import { useDraftEditor } from './draft-context.js';
import { AreaField, ChoiceField, TextField } from './draft-field.js';
import { questionOf } from './draft-question.js';
import { serverDefaults } from './server-defaults.js';
import { Step } from './step.js';

/** How sure, how large, how long. */
export function PlanStep({ experiments }: { readonly experiments: readonly ExperimentView[] }) {
  return (
    <Step
      id="plan"
      title="Plan"
      lead="How many units it takes follows from how much they differ today and how small a difference should be found."
    >
      <Sizing experiments={experiments} />
      <Calculator />
      <PlanFigures />
      <AreaField
        label="What will be done with each outcome"
        at="/plan/decision"
        rows={2}
        placeholder="Better: roll out. Not worse and cheaper: roll out. Else keep the control."
      />
    </Step>
  );
}

function PlanFigures() {
  return (
    <div class="fields">
      <TextField
        label="Units per variant"
        at="/plan/unitsPerVariant"
        numeric
        placeholder="not planned"
        hint="Set, the report plans its looks: the cheapest way to look often."
      />
      <TextField
        label="At least, in days"
        at="/plan/minimumDays"
        numeric
        placeholder={serverDefaults.minimumDays}
      />
      <TextField
        label="At most, in days"
        at="/plan/maximumDays"
        numeric
        placeholder={serverDefaults.maximumDays}
      />
      <TextField
        label="Alpha"
        at="/plan/alpha"
        numeric
        placeholder={serverDefaults.alpha}
        hint="The chance of a false alarm."
      />
      <TextField
        label="Power"
        at="/plan/power"
        numeric
        placeholder={serverDefaults.power}
        hint="The chance of finding what is there."
      />
      <TextField
        label="Dearest, times the control’s cost"
        at="/plan/maximumCostRatio"
        numeric
        placeholder="no limit of its own"
        hint="2 is twice: a winner that costs more is not shipped."
      />
      <TextField label="Coverage, in %" at="/coverage" numeric placeholder={serverDefaults.coverage} />
      <TextField
        label="Holdback, in %"
        at="/holdback"
        numeric
        placeholder={serverDefaults.holdback}
        hint="Stay on the configuration of before, also after a winner."
      />
    </div>
  );
}

function Sizing({ experiments }: { readonly experiments: readonly ExperimentView[] }) {
  const { form } = useDraftEditor();
  const isGiven = form.sizing.from === '';
  return (
    <div class="fields">
      <ChoiceField
        label="Spread and traffic as in"
        at="/sizing/from"
        hint="Only for the reckoning below; not part of the draft."
      >
        <option value="">figures of my own</option>
        {experiments.map(({ key }) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </ChoiceField>
      {isGiven && <TextField label="Mean of now" at="/sizing/mean" pointer="/baseline/mean" numeric />}
      {isGiven && (
        <TextField
          label="Standard deviation"
          at="/sizing/standardDeviation"
          pointer="/baseline/standardDeviation"
          numeric
          placeholder="a share needs none"
        />
      )}
      <TextField
        label="New units a day"
        at="/sizing/unitsPerDay"
        pointer="/unitsPerDay"
        numeric
        placeholder={isGiven ? '' : `as in ${form.sizing.from}`}
      />
    </div>
  );
}

function Calculator() {
  const { form, change } = useDraftEditor();
  const asked = questionOf(form);
  const answer = usePlan('body' in asked && asked.faults.length === 0 ? asked.body : null);
  const { from, unitsPerDay } = form.sizing;
  const perDay = numberFrom(unitsPerDay);
  const known = perDay !== undefined ? { perDay } : from === '' ? null : { from };
  const { primary } = form.metrics;
  return (
    <PlanSize
      asked={asked}
      answer={answer}
      unit={form.unit || serverDefaults.unit}
      traffic={known}
      maximumDays={numberFrom(form.plan.maximumDays) ?? Number(serverDefaults.maximumDays)}
    >
      {primary.length > 1 && (
        <p class="hint">
          For {primary[0]}, the first of {primary.length} primary metrics, which share alpha.
        </p>
      )}
      {form.rampChoice !== 'none' && (
        <p class="hint">Without the ramp: while it rises, fewer units are let in, and it takes longer.</p>
      )}
      {answer.data && (
        <button
          type="button"
          onClick={() => {
            const { unitsPerVariant } = answer.data ?? {};
            change((old) => changedAt(old, '/plan/unitsPerVariant', String(unitsPerVariant ?? '')));
          }}
        >
          Take this for the plan
        </button>
      )}
    </PlanSize>
  );
}
