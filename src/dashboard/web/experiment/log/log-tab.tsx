import { useMemo, useState } from 'preact/hooks';
import { useDecisions, useEpochs } from '../../api/history.js';
import { csvOf } from '../../chart/csv.js';
import { saveText } from '../../chart/save.js';
import { countOf } from '../../format/number.js';
import { hrefOf, navigate, useRoute } from '../../shell/router.js';
import type { TabProps } from '../tab.js';
import { Reading } from '../../shell/reading.js';
import { actorKindOf, actorWords } from './actor-words.js';
import { LogEntry } from './log-entry.js';
import { filtered, logRows, tally, type LogRow } from './log-rows.js';

/** Entries that are drawn at first, and with each request for more. */
const page = 100;

/** Every decision with its evidence. */
export function LogTab({ experiment }: TabProps) {
  const { key } = experiment;
  const log = useDecisions(experiment);
  const history = useEpochs(experiment);
  const rows = useMemo(() => logRows(log.data ?? [], history.data ?? []), [log.data, history.data]);
  const { query } = useRoute();
  const [shown, setShown] = useState(page);
  if (!log.data) return <Reading what="the log" problem={log.problem} />;
  const kind = query.get('by');
  const action = query.get('action');
  const wanted = filtered(rows, { kind: kind === null ? null : actorKindOf(kind), action });
  return (
    <>
      <h2 class="visually-hidden">Log</h2>
      <LogFilters experimentKey={key} rows={rows} kind={kind} action={action} />
      <p class="muted" role="status">
        {sentenceOf(wanted.length, rows.length)}
      </p>
      {wanted.length > 0 && (
        <ol class="log">
          {wanted.slice(0, shown).map((row, place) => (
            <LogEntry key={`${row.decision.at} ${place}`} row={row} experimentKey={key} />
          ))}
        </ol>
      )}
      {wanted.length > shown && (
        <button onClick={() => setShown(shown + page)}>
          Show {countOf(Math.min(page, wanted.length - shown))} more
        </button>
      )}
    </>
  );
}

function sentenceOf(shown: number, all: number): string {
  if (all === 0) return 'Nothing has been decided yet.';
  if (shown === all) return `${countOf(all)} ${all === 1 ? 'decision' : 'decisions'}, newest first.`;
  if (shown === 0) return `None of the ${countOf(all)} decisions is like that. Widen the filter.`;
  return `${countOf(shown)} of ${countOf(all)} decisions, newest first.`;
}

interface LogFiltersProps {
  readonly experimentKey: string;
  readonly rows: readonly LogRow[];
  readonly kind: string | null;
  readonly action: string | null;
}

function LogFilters({ experimentKey, rows, kind, action }: LogFiltersProps) {
  const set = (name: string, value: string) => {
    const kept = { ...(kind ? { by: kind } : {}), ...(action ? { action } : {}), [name]: value };
    const query = Object.fromEntries(Object.entries(kept).filter(([, each]) => each !== ''));
    navigate(hrefOf(['experiments', experimentKey, 'log'], query), { replace: true });
  };
  const kinds = tally(rows.map((row) => row.kind));
  const actions = tally(rows.map(({ decision }) => decision.action));
  return (
    <div class="log-filters">
      <label>
        Decided by
        <select value={kind ?? ''} onChange={(event) => set('by', event.currentTarget.value)}>
          <option value="">anyone</option>
          {kinds.map(({ value, count }) => (
            <option key={value} value={value}>
              {value === 'person' ? 'a person' : actorWords(value)} ({countOf(count)})
            </option>
          ))}
        </select>
      </label>
      <label>
        What was done
        <select value={action ?? ''} onChange={(event) => set('action', event.currentTarget.value)}>
          <option value="">anything</option>
          {actions.map(({ value, count }) => (
            <option key={value} value={value}>
              {value} ({countOf(count)})
            </option>
          ))}
        </select>
      </label>
      <button onClick={() => saveText(logCsv(rows), `${experimentKey} log.csv`, 'text/csv')}>
        Save as CSV
      </button>
    </div>
  );
}

function logCsv(rows: readonly LogRow[]): string {
  return csvOf<LogRow>(
    [
      { title: 'At', text: ({ decision }) => decision.at },
      { title: 'By', text: ({ decision }) => decision.actor },
      { title: 'Action', text: ({ decision }) => decision.action },
      { title: 'Changes', text: ({ changes }) => changes.join('; ') },
      { title: 'Reason', text: ({ decision }) => decision.reason },
      { title: 'Evidence', text: ({ decision }) => JSON.stringify(decision.evidence) },
    ],
    rows,
  );
}
