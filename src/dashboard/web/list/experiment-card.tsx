import { visible } from '../format/visible.js';
import type { OverviewItemView } from '../api/contract.js';
import { inWords } from '../experiment/verdict/in-words.js';
import { capitalised, metricNameOf } from '../format/metric.js';
import { ageOf, instantOf } from '../format/time.js';
import { hrefOf } from '../shell/router.js';
import { concernsOf, concernWords } from './attention.js';
import { IntervalMark } from './interval-mark.js';
import { actorWords, asOfWords, healthWords, primaryWords, progressWords } from './item-words.js';
import { Light, type LightState } from './light.js';
import { SplitBar } from './split-bar.js';

export interface CardProps {
  readonly item: OverviewItemView;
  readonly now: number;
  readonly chosen: boolean;
}

/** One experiment: what it is, what is known, how far it is, whether it is well, and what was done last. */
export function ExperimentCard({ item, now, chosen }: CardProps) {
  const { key, name, status, mode, primary } = item;
  const [concern] = concernsOf(item);
  return (
    <li
      class={`item${concern ? ` item-${concern === 'ship' ? 'ship' : 'trouble'}` : ''}`}
      aria-current={chosen || undefined}
    >
      <div class="item-name">
        <a href={hrefOf(['experiments', key])} data-key={key}>
          {visible(name)}
        </a>
        <p class="item-marks">
          <span class={`state state-${status}`}>{status}</span>
          <span class="mode">{mode}</span>
          {name !== key && <code>{key}</code>}
        </p>
      </div>
      <div class="item-split">
        <SplitBar {...item} />
      </div>
      <div class="item-primary">
        {primary ? (
          <>
            <span class="words">
              {capitalised(metricNameOf(primary.metric))}, {primary.variant}
            </span>
            <IntervalMark primary={primary} />
            <strong>{primaryWords(primary)}</strong>
          </>
        ) : (
          <span class="words">{item.fault ?? unknownWords(item)}</span>
        )}
        {concern && (
          <span class="item-concern">{`This ${concernWords(concern, item.recommendation?.action)}.`}</span>
        )}
      </div>
      <div class="item-progress">
        <ProgressBar item={item} />
        <span class="words">
          {[progressWords(item), asOfWords(item, now)].filter((words) => words !== null).join('; ')}
        </span>
      </div>
      <Lights item={item} />
      <LastAct item={item} now={now} />
    </li>
  );
}

function unknownWords({ asOf, startedAt }: OverviewItemView): string {
  if (startedAt === null) return 'Nothing is known before it starts.';
  return asOf === null ? 'The figures are being worked out.' : 'Not enough data yet.';
}

function ProgressBar({ item: { progress, name } }: { readonly item: OverviewItemView }) {
  if (progress.unitsNeeded === null) return null;
  return (
    <progress
      aria-label={`Units of ${visible(name)}`}
      max={progress.unitsNeeded}
      value={Math.min(progress.units, progress.unitsNeeded)}
    />
  );
}

const lights: Readonly<
  Record<OverviewItemView['guardrails'][number]['state'], readonly [LightState, string]>
> = {
  quiet: ['good', 'quiet'],
  unclear: ['unclear', 'unclear'],
  breached: ['bad', 'breached'],
  'no-data': ['none', 'no data'],
};

function Lights({ item }: { readonly item: OverviewItemView }) {
  const { guardrails, health, asOf } = item;
  const state: LightState = health.srm ? 'bad' : health.warnings > 0 ? 'unclear' : 'good';
  if (asOf === null) return null;
  return (
    <ul class="item-lights">
      {guardrails.map((guardrail) => {
        const [shine, word] = lights[guardrail.state];
        return (
          <li key={guardrail.name}>
            <Light state={shine}>{`${guardrailWords(guardrail.name)}: ${word}`}</Light>
          </li>
        );
      })}
      <li>
        <Light state={state}>{`Data: ${healthWords(item)}`}</Light>
      </li>
    </ul>
  );
}

/** The server names a guardrail by its metric's key, and what it must not be. */
function guardrailWords(name: string): string {
  return inWords(name, [name.split(' ', 1)[0] ?? '']);
}

function LastAct({ item: { lastDecision }, now }: { readonly item: OverviewItemView; readonly now: number }) {
  if (!lastDecision) return <p class="item-last words">Nobody has acted yet.</p>;
  const { actor, action, at } = lastDecision;
  return (
    <p class="item-last words" title={instantOf(at)}>
      {action} by {actorWords(actor)}, {ageOf(Math.max(0, now - new Date(at).getTime()))}
    </p>
  );
}
