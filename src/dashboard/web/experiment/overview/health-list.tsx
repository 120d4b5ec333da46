import type { ReportView } from '../../api/contract.js';
import { countOf } from '../../format/number.js';
import type { Gravity } from '../../../warning-gravity.js';
import { inWords } from '../verdict/in-words.js';
import { warningGroups, type WarningGroup } from '../verdict/gravity.js';

const words: Readonly<Record<Gravity, string>> = {
  grave: 'Decide nothing before this is repaired',
  caution: 'Read with care',
  note: 'Good to know',
};

/** What stands against the data, the gravest first. */
export function HealthList({ report }: { report: ReportView }) {
  const groups = warningGroups(report.health.warnings, report.recommendation.action);
  const metrics = report.metrics.map(({ key }) => key);
  return (
    <section class="card health" aria-labelledby="health">
      <h2 id="health">Can the data be trusted?</h2>
      {groups.every(({ gravity }) => gravity === 'note') && <p>Nothing stands against the data.</p>}
      {(['grave', 'caution'] as const).map((gravity) => (
        <Gathered key={gravity} gravity={gravity} groups={groups} metrics={metrics} />
      ))}
      <Notes groups={groups.filter(({ gravity }) => gravity === 'note')} metrics={metrics} />
    </section>
  );
}

interface GroupsProps {
  readonly groups: readonly WarningGroup[];
  /** Keys of the metrics that the messages may name. */
  readonly metrics: readonly string[];
}

function Gathered({ gravity, groups, metrics }: GroupsProps & { readonly gravity: Gravity }) {
  const own = groups.filter((group) => group.gravity === gravity);
  if (own.length === 0) return null;
  return (
    <div class={`gravity gravity-${gravity}`}>
      <h3>{words[gravity]}</h3>
      <WarningList groups={own} metrics={metrics} />
    </div>
  );
}

function Notes({ groups, metrics }: GroupsProps) {
  if (groups.length === 0) return null;
  const count = groups.reduce((sum, { messages }) => sum + messages.length, 0);
  return (
    <details>
      <summary>
        {words.note} ({countOf(count)})
      </summary>
      <WarningList groups={groups} metrics={metrics} />
    </details>
  );
}

function WarningList({ groups, metrics }: GroupsProps) {
  return (
    <ul class="sentences">
      {groups.flatMap(({ code, messages }) =>
        messages.map((message) => (
          <li key={message}>
            {inWords(message, metrics)} <code>{code}</code>
          </li>
        )),
      )}
    </ul>
  );
}
