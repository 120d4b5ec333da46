import { instantOf } from '../../format/time.js';
import { visible } from '../../format/visible.js';
import { hrefOf } from '../../shell/router.js';
import { actorWords } from './actor-words.js';
import { EvidenceFold } from './evidence-fold.js';
import type { LogRow } from './log-rows.js';

/** One decision: who, when, what changed, why. */
export function LogEntry({ row, experimentKey }: { row: LogRow; experimentKey: string }) {
  const { decision, kind, changes, trafficAt } = row;
  return (
    <li>
      <p class="log-head">
        <time dateTime={decision.at}>{instantOf(decision.at)}</time>
        <span class="log-actor" data-kind={kind === 'person' || kind === 'code' ? 'human' : 'automatic'}>
          {actorWords(decision.actor)}
        </span>
        <strong>{decision.action}</strong>
        {trafficAt && (
          <a href={hrefOf(['experiments', experimentKey, 'traffic'], { at: trafficAt })}>
            See it in the traffic
          </a>
        )}
      </p>
      {changes.length > 0 && (
        <ul class="log-changes">
          {changes.map((change, place) => (
            <li key={place}>{change}</li>
          ))}
        </ul>
      )}
      {decision.reason && <p class="log-reason">{visible(decision.reason)}</p>}
      <EvidenceFold evidence={decision.evidence} />
    </li>
  );
}
