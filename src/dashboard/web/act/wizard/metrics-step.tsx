import type { MetricView } from '../../api/contract.js';
import { useDraftEditor } from './draft-context.js';
import { ChoiceField, TextField } from './draft-field.js';
import { durationOf } from '../../format/duration.js';
import { MetricPicker } from './metric-picker.js';
import { serverDefaults } from './server-defaults.js';
import { Step } from './step.js';

/** What decides, what informs, and what counts as a difference. */
export function MetricsStep({ metrics }: { readonly metrics: readonly MetricView[] }) {
  const { form } = useDraftEditor();
  const { primary, secondary, window } = form.metrics;
  const unit = metrics.find(({ key }) => key === primary[0])?.unit;
  const inUnit = unit ? `In ${unit}.` : 'In the unit of the primary metric.';
  return (
    <Step
      id="metrics"
      title="Metrics"
      lead="One metric decides, best a quality; others inform. Those not named here decide nothing afterwards."
    >
      <div class="fields">
        <MetricPicker
          label="Primary: decides"
          at="/metrics/primary"
          hint="Several share alpha: each makes it harder to be sure."
          metrics={metrics}
          taken={secondary}
        />
        <MetricPicker
          label="Secondary: informs"
          at="/metrics/secondary"
          hint="Cost and latency belong here, and a second quality."
          metrics={metrics}
          taken={primary}
        />
      </div>
      <div class="fields">
        <TextField
          label="Smallest difference worth finding"
          at="/metrics/minimumEffect"
          numeric
          hint={`${inUnit} Less would change nothing you do.`}
        />
        <TextField
          label="Margin"
          at="/metrics/margin"
          numeric
          placeholder="none"
          hint={`${inUnit} How much worse is still not worse.`}
        />
        <TextField
          label="Window"
          at="/metrics/window"
          placeholder={serverDefaults.window}
          suggestions={['PT1H', 'P1D', 'P3D', 'P7D', 'P14D', 'P28D']}
          hint={`${durationOf(window.trim() || serverDefaults.window)} after a unit’s first exposure its outcomes count.`}
        />
      </div>
      <CovariateFields metrics={metrics} />
    </Step>
  );
}

/** What was known of a unit before it met the experiment. */
function CovariateFields({ metrics }: { readonly metrics: readonly MetricView[] }) {
  const { form } = useDraftEditor();
  const { kind, before } = form.metrics.covariate;
  const at = '/metrics/covariate';
  return (
    <div class="fields">
      <ChoiceField
        label="Known of a unit before"
        at={`${at}/kind`}
        pointer={at}
        hint="Comparisons are adjusted for it (CUPED), and need fewer units."
      >
        <option value="">nothing</option>
        <option value="attribute">an attribute, sent with its assignment</option>
        <option value="metric">a metric of the time before</option>
      </ChoiceField>
      {kind === 'attribute' && <TextField label="Attribute" at={`${at}/attribute`} placeholder="plan" />}
      {kind === 'metric' && (
        <>
          <TextField
            label="Metric of before"
            at={`${at}/metric`}
            suggestions={metrics.map(({ key }) => key)}
          />
          <TextField
            label="Time before"
            at={`${at}/before`}
            placeholder={serverDefaults.before}
            suggestions={['P7D', 'P14D', 'P28D']}
            hint={`${durationOf(before.trim() || serverDefaults.before)} before a unit’s first exposure.`}
          />
        </>
      )}
    </div>
  );
}
