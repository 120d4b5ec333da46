import { useDraftEditor } from './draft-context.js';
import { jsonExamples } from './draft-extras.js';
import { AreaField, ChoiceField, TextField } from './draft-field.js';
import { serverDefaults } from './server-defaults.js';
import { Step } from './step.js';

/** What it may cost, who scores the answers, and what is asked for too rarely to have a field. */
export function MoreStep() {
  return (
    <Step
      id="more"
      title="Budget, judge, more"
      lead="Left empty, nothing bounds what the models cost, and no model scores their answers."
    >
      <div class="fields" role="group" aria-label="Budget" data-pointer="/budget" tabIndex={-1}>
        <TextField label="Budget in all, in US dollars" at="/budget/total" numeric placeholder="none" />
        <TextField label="Budget a day, in US dollars" at="/budget/perDay" numeric placeholder="none" />
        <ChoiceField label="Once it is spent" at="/budget/action">
          <option value="warn">warn: note it in the log</option>
          <option value="pause">pause: everyone on the fallback until resumed</option>
          <option value="kill">kill: everyone on the fallback at once</option>
        </ChoiceField>
      </div>
      <JudgeFields />
      <AreaField
        label="Advanced: other fields of the draft (JSON)"
        at="/others"
        pointer=""
        rows={3}
        code
        placeholder={jsonExamples.others}
        hint="description, fallback, forced, generationLog, configSchema, failClosedAfter: as in the API."
      />
    </Step>
  );
}

function JudgeFields() {
  const { form } = useDraftEditor();
  const isWanted = form.judge.rubric.trim() !== '' || form.judge.others.trim() !== '';
  return (
    <>
      <AreaField
        label="Judge: by what a model scores the answers"
        at="/judge/rubric"
        rows={3}
        placeholder="5: every open question is named and answered. 3: … 1: …"
      />
      {isWanted && (
        <>
          <div class="fields">
            <TextField
              label="Scores become the metric"
              at="/judge/metric"
              placeholder={serverDefaults.judgeMetric}
            />
            <TextField
              label="Share of units scored"
              at="/judge/samplingRate"
              numeric
              placeholder={serverDefaults.samplingRate}
            />
            <TextField
              label="What it may cost a day, in US dollars"
              at="/judge/budgetUsdPerDay"
              numeric
              placeholder={serverDefaults.budgetUsdPerDay}
            />
          </div>
          <AreaField
            label="Other choices of the judge (JSON)"
            at="/judge/others"
            pointer="/judge"
            rows={2}
            code
            placeholder={jsonExamples.judge}
            hint="config: its model; scale; pairwise: answers against each other."
          />
        </>
      )}
    </>
  );
}
