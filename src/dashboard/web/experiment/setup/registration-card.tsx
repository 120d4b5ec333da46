import type { DecisionView, ExperimentView, ReportView } from '../../api/contract.js';
import { countOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { actorWords } from '../log/actor-words.js';
import { CopyButton } from './copy-button.js';
import { datedDeviations, type DatedDeviation } from './deviation-moments.js';

interface RegistrationCardProps {
  readonly experiment: ExperimentView;
  readonly report: ReportView | undefined;
  /** Newest first. */
  readonly decisions: readonly DecisionView[];
}

/** Whether the result can confirm a hypothesis, and what was done otherwise than planned. */
export function RegistrationCard({ experiment, report, decisions }: RegistrationCardProps) {
  return (
    <section class="card registration">
      <h2>Pre-registration</h2>
      <blockquote>{experiment.hypothesis || 'No hypothesis was written down.'}</blockquote>
      {experiment.plan.decision && (
        <p>
          <strong>Decision rule.</strong> {experiment.plan.decision}
        </p>
      )}
      {report && <Standing experiment={experiment} report={report} />}
      {report && <Deviations deviations={datedDeviations(report.deviations, decisions)} />}
    </section>
  );
}

function Standing({ experiment, report }: { experiment: ExperimentView; report: ReportView }) {
  const { registration, missingFromPlan, planHash } = report;
  const started = experiment.startedAt !== null;
  return (
    <>
      <p>
        <span class={`guard guard-${registration === 'confirmatory' ? 'quiet' : 'unclear'}`}>
          {registration === 'confirmatory' ? 'Confirmatory' : 'Exploratory'}
        </span>{' '}
        {registration === 'confirmatory'
          ? `The plan ${started ? 'was' : 'is'} complete${started ? ' before the first unit came' : ''}: the result can confirm the hypothesis.`
          : `The result can suggest, not confirm. ${started ? 'The plan had not' : 'The plan still lacks'} ${missingFromPlan.join(', ')}.`}
      </p>
      {planHash === null ? (
        <p class="muted">
          {started ? 'No fingerprint of the plan was taken.' : 'Its fingerprint is taken at the start.'}
        </p>
      ) : (
        <p class="fingerprint">
          Fingerprint of the plan <code>{planHash}</code>{' '}
          <CopyButton text={planHash} name="the fingerprint" />
        </p>
      )}
    </>
  );
}

function Deviations({ deviations }: { deviations: readonly DatedDeviation[] }) {
  if (deviations.length === 0) return <p class="muted">Nothing was done otherwise than planned.</p>;
  return (
    <>
      <h3>Otherwise than planned</h3>
      <ul class="plain warnings">
        {deviations.map(({ deviation, decisions }, place) => (
          <li key={place}>
            <p>{deviation.message}</p>
            <Moments decisions={decisions} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Moments told one by one; of more the first and the last. */
const told = 3;

function Moments({ decisions }: { decisions: DatedDeviation['decisions'] }) {
  if (decisions.length === 0) return null;
  const [first, last] = [decisions[0], decisions.at(-1)];
  if (decisions.length > told && first && last)
    return (
      <p class="muted">
        {countOf(decisions.length)} decisions by{' '}
        {[...new Set(decisions.map(({ actor }) => actorWords(actor)))].join(', ')}, from {instantOf(first.at)}{' '}
        to {instantOf(last.at)}. The log has each with its reason.
      </p>
    );
  return (
    <ul class="plain muted">
      {decisions.map(({ at, actor, action, reason }, place) => (
        <li key={place}>
          {instantOf(at)}, {actorWords(actor)}: {action}. {reason ? `Why: ${reason}` : 'No reason was given.'}
        </li>
      ))}
    </ul>
  );
}
