import type { ExperimentView, MetricView, ReplayView } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import { replayWords } from './replay-words.js';
import { SharesFigure } from './shares-figure.js';
import { useAnswer } from './use-answer.js';

export interface ReplayAnswerProps {
  readonly experiment: ExperimentView;
  readonly reward: string;
  readonly every: string;
}

/** The replay: its answer in words, its shares over time, and how far to trust it. */
export function ReplayAnswer({ experiment, reward, every }: ReplayAnswerProps) {
  const query = new URLSearchParams({ reward, every });
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/replay?${query}`;
  const { data, problem, asking } = useAnswer<ReplayView>({ method: 'GET', path });
  const { data: catalogue } = useResource<{ readonly metrics: readonly MetricView[] }>('v1/metrics');
  const metric = catalogue?.metrics.find(({ key }) => key === reward);
  if (problem)
    return (
      <section class="note note-warn" role="status">
        <p>
          <strong>This cannot be answered for {experiment.key}.</strong> {problem.message}
        </p>
      </section>
    );
  if (!data)
    return (
      <p class="empty" aria-busy="true">
        Replaying…
      </p>
    );
  const [answer, ...more] = replayWords(data, metric?.unit ?? null, metric?.direction !== 'decrease');
  return (
    <div class="step" aria-busy={asking}>
      <section class="note" aria-labelledby="replay-title">
        <h2 id="replay-title">What it would have been worth</h2>
        <p class="reckoned">{answer}</p>
        {more.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p class="hint">{data.method}</p>
      </section>
      <Cautions warnings={data.warnings} />
      <SharesFigure steps={data.steps} variants={experiment.variants.map(({ key }) => key)} />
    </div>
  );
}

function Cautions({ warnings }: Pick<ReplayView, 'warnings'>) {
  if (warnings.length === 0) return null;
  return (
    <section class="note note-warn" aria-label="How far to trust this">
      <ul>
        {warnings.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
