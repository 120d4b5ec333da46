import type { ExperimentView, ReportView } from '../../api/contract.js';
import { countOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';

/** What makes the page a report once it is printed: what was planned, when, and how that can be checked. */
export function EvidenceHead({ experiment, report }: { experiment: ExperimentView; report: ReportView }) {
  const { registration, missingFromPlan, planHash, asOf, looks, deviations } = report;
  return (
    <section class="card evidence-head" aria-labelledby="on-record">
      <h2 id="on-record">On record</h2>
      <p>
        {registration === 'confirmatory'
          ? 'Confirmatory. The plan was complete before the first unit came, so this confirms or refutes the hypothesis.'
          : `Exploratory. This suggests and does not confirm: the plan lacked ${missingFromPlan.join(', ') || 'a start under watch'}.`}
      </p>
      <dl>
        <div>
          <dt>As of</dt>
          <dd>{instantOf(asOf)}</dd>
        </div>
        <div>
          <dt>Plan hash</dt>
          <dd>
            <code>{planHash ?? 'none: it has not started, or was imported'}</code>
          </dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd>{experiment.startedAt ? instantOf(experiment.startedAt) : 'not yet'}</dd>
        </div>
        <div>
          <dt>Looks recorded</dt>
          <dd>{countOf(looks.recorded)}</dd>
        </div>
        <div>
          <dt>Decision rule</dt>
          <dd>{experiment.plan.decision || 'none on record'}</dd>
        </div>
      </dl>
      {deviations.length > 0 && (
        <>
          <h3>Otherwise than planned</h3>
          <ul class="sentences">
            {deviations.map(({ code, message }) => (
              <li key={code + message}>{message}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
