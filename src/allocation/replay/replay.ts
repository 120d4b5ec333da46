import type { LoggedCell } from '../../statistics/logged-policy.js';
import { emptyMoments, mergeMoments } from '../../statistics/merge-moments.js';
import type { Moments } from '../../statistics/moments.js';
import { scaleMoments } from '../../statistics/scale-moments.js';
import { banditStep } from '../bandit-step.js';
import type { BanditView } from '../bandit-view.js';

/** Units that were first exposed in one step of the log, met one variant, and had one propensity. */
export interface ReplayCell {
  /** Number of the step, from 0. */
  readonly step: number;
  readonly variant: string;
  readonly propensity: number;
  readonly moments: Moments;
}

/** A log, and the bandit that is let loose on it. */
export interface ReplayLog {
  readonly view: Pick<BanditView, 'variants' | 'control' | 'bandit' | 'metric' | 'delta'>;
  /** In the order of their steps. */
  readonly cells: readonly ReplayCell[];
  readonly steps: number;
  readonly stepMilliseconds: number;
  readonly windowMilliseconds: number;
  /** Share of all units that the cells hold: each stands for as many as are missing. */
  readonly share: number;
  /** Weights with which the log was served in a step, in the variants' order. */
  readonly servedIn: (step: number) => readonly number[];
}

/** One step of the bandit: the weights that it would have set, and what the log has under them. */
export interface ReplayStep {
  readonly step: number;
  /** In the variants' order. */
  readonly weights: readonly number[];
  /** Units that were first exposed in it. */
  readonly units: number;
  readonly cells: readonly LoggedCell[];
  /** Whether the log lacks a variant that the bandit would have served. */
  readonly isNarrowed: boolean;
}

/**
 * Steps through a log as the bandit would have: at each step it knows the units whose window is over by then, each
 * counting as target / propensity, for that many of its like the bandit would have served; it sets its weights by the
 * rules of the live one, and these decide what the units of the next step are worth. Weights rest on earlier units alone.
 *
 * It starts with the weights of the log. A variant that was served to nobody in a step cannot be chosen there.
 *
 * @example [...replay(log)].at(-1)?.weights; // [0.08, 0.92]
 */
export function* replay(log: ReplayLog): Generator<ReplayStep, void> {
  const { view, steps, stepMilliseconds, windowMilliseconds } = log;
  const byStep = cellsByStep(log.cells, steps);
  const pending: { readonly step: number; readonly cells: readonly LoggedCell[]; places: number[] }[] = [];
  let weights = log.servedIn(0);
  let known: Moments[] = view.variants.map(() => emptyMoments);
  for (let step = 0; step < steps; step += 1) {
    let hasLearnt = false;
    while (pending[0] && (pending[0].step + 1 - step) * stepMilliseconds + windowMilliseconds <= 0) {
      known = learnt(known, pending.shift() ?? { cells: [], places: [] }, log.share);
      hasLearnt = true;
    }
    if (hasLearnt) weights = stepped(log, known, weights, step);
    const served = log.servedIn(step);
    const possible = restricted(weights, served);
    const own = byStep[step] ?? [];
    const places = own.map(({ variant }) => view.variants.indexOf(variant));
    const cells = own.map(({ moments, propensity }, index) => ({
      moments,
      propensity,
      target: possible[places[index] ?? -1] ?? 0,
    }));
    if (cells.length > 0) pending.push({ step, cells, places });
    yield {
      step,
      weights: possible,
      units: cells.reduce((sum, { moments }) => sum + moments.units, 0),
      cells,
      isNarrowed: weights.some((weight, place) => weight > 0 && !((served[place] ?? 0) > 0)),
    };
  }
}

function cellsByStep(cells: readonly ReplayCell[], steps: number): ReplayCell[][] {
  const byStep = Array.from({ length: steps }, (): ReplayCell[] => []);
  for (const cell of cells) byStep[cell.step]?.push(cell);
  return byStep;
}

function learnt(
  known: readonly Moments[],
  { cells, places }: { readonly cells: readonly LoggedCell[]; readonly places: readonly number[] },
  share: number,
): Moments[] {
  return known.map((before, place) => {
    const own = cells.filter((_, index) => places[index] === place);
    const counted = own.map(({ moments, target, propensity }) =>
      scaleMoments(moments, target / propensity / share),
    );
    return mergeMoments([before, ...counted]);
  });
}

function stepped(
  { view, stepMilliseconds }: ReplayLog,
  moments: readonly Moments[],
  present: readonly number[],
  step: number,
): readonly number[] {
  const hours = (step * stepMilliseconds) / 3_600_000;
  const { weights } = banditStep({ ...view, moments, present, hours });
  return weights ? view.variants.map((key) => weights[key] ?? 0) : present;
}

/** The weights without those of variants that were served to nobody, adding up to 1 again. */
function restricted(weights: readonly number[], served: readonly number[]): number[] {
  const possible = weights.map((weight, place) => ((served[place] ?? 0) > 0 ? weight : 0));
  const total = possible.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? possible.map((weight) => weight / total) : [...served];
}
