import type { RolloutStateView } from '../../api/contract.js';
import { durationOf } from '../../format/duration.js';
import { countOf, differenceOf, shareOf, valueOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import type { PlanStep } from './ramp-words.js';
import { spanWords } from './span-words.js';

type Rollout = NonNullable<RolloutStateView['rollout']>;

/** Where a rollout stands, in a sentence. */
export function rolloutSummary(rollout: Rollout, nextStageAt: string | null): string {
  const { winner, stages, stage, paused, remainingHold, remainder } = rollout;
  const rest = remainder === 'control' ? 'control' : 'all other variants alike';
  const standing = `${winner} is at ${percentOf(stages[stage])}; the rest goes to ${rest}.`;
  if (paused) {
    const left = remainingHold === null ? '' : `, with ${spanWords(remainingHold)} of this stage left`;
    return `${standing} A person paused the rollout${left}.`;
  }
  const next = stages[stage + 1];
  if (!next) return standing;
  return `${standing} ${percentOf(next)} comes ${nextStageAt ? `on ${instantOf(nextStageAt)}` : 'next'}, unless harm takes it back.`;
}

export function rolloutSteps({ stages, stage, winner }: Rollout): PlanStep[] {
  return stages.map((each, place) => ({
    title: percentOf(each),
    note: each.hold ? `held for ${durationOf(each.hold)}` : `ships ${winner}`,
    state: place < stage ? 'done' : place === stage ? 'now' : 'later',
  }));
}

/** How the winner does against what is left of control, in a sentence. */
export function stageFigureWords(figure: RolloutStateView['figures'][number]): string {
  const { metric, difference, interval, units, verdict, reason } = figure;
  const counted = `${countOf(units.winner)} against ${countOf(units.control)} units`;
  const spread = interval ? ` (${valueOf(interval[0])} to ${valueOf(interval[1])} at all looks)` : '';
  const words = { open: 'not sure yet', better: 'better', worse: 'worse', unclear: 'looks worse, not sure' };
  return `${metric}: ${words[verdict]}, ${differenceOf(difference)}${spread}, ${counted}${reason ? `; ${reason}` : ''}.`;
}

function percentOf(stage: Rollout['stages'][number] | undefined): string {
  return stage ? shareOf(stage.percent / 100) : 'its stage';
}
