import type { EpochView, ExperimentView, RampStateView, RolloutStateView } from '../../api/contract.js';
import { useResource } from '../../api/resource.js';
import { PlanTimeline } from './plan-timeline.js';
import { rampSteps, rampSummary } from './ramp-words.js';
import { rolloutSteps, rolloutSummary, stageFigureWords } from './rollout-words.js';

interface RampCardProps {
  readonly experiment: ExperimentView;
  readonly base: string;
  readonly epochs: readonly EpochView[];
}

/** The ramp: what was taken, what comes next, and what that waits for. */
export function RampCard({ experiment, base, epochs }: RampCardProps) {
  const { data: ramp } = useResource<RampStateView>(`${base}/ramp`, experiment.key);
  if (!ramp) return null;
  return (
    <section class="card">
      <h3>Ramp</h3>
      <p class="muted">{rampSummary(ramp)}</p>
      {experiment.ramp.length > 0 && <PlanTimeline steps={rampSteps(experiment, epochs)} present="next" />}
    </section>
  );
}

/** The rollout of a winner, while one is under way. */
export function RolloutCard({ experiment, base }: { experiment: ExperimentView; base: string }) {
  const { data } = useResource<RolloutStateView>(`${base}/rollout`, experiment.key);
  if (!data?.rollout) return null;
  return (
    <section class="card">
      <h3>Rollout of {data.rollout.winner}</h3>
      <p class="muted">{rolloutSummary(data.rollout, data.nextStageAt)}</p>
      <PlanTimeline steps={rolloutSteps(data.rollout)} present="now" />
      {data.figures.length > 0 && (
        <ul class="plain" aria-label="The winner against control in this stage">
          {data.figures.map((figure) => (
            <li key={figure.metric}>{stageFigureWords(figure)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
