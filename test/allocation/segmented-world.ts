import type { Bandit, Segments } from '../../src/experiments/allocation.js';
import { chainView, type BanditData } from '../../src/allocation/chain-view.js';
import { chainsOf } from '../../src/allocation/chains.js';
import { leafOpenings } from '../../src/allocation/leaf-openings.js';
import { reallocationChange } from '../../src/allocation/reallocation-change.js';
import { treeStep } from '../../src/allocation/tree-step.js';
import { segmentSettings } from '../../src/experiments/segment-settings.js';
import { rootSegment } from '../../src/experiments/segment.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import type { WeightEpoch } from '../../src/experiments/weight-epoch.js';
import { nextEpochs } from '../../src/lifecycle/next-epoch.js';
import type { PathCount } from '../../src/metrics/leaf-candidates.js';
import type { ExposedTotal, MetricTotal } from '../../src/metrics/totals.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';
import type { Draws } from '../statistics/bars/draws.js';
import { binaryMoments } from '../statistics/bars/unit-data.js';
import { metricWith } from './fixtures.js';

/** Users of one language: their share of all, and how often each variant succeeds with them. */
export interface Language {
  readonly value: string;
  readonly share: number;
  readonly rates: readonly number[];
}

export interface SegmentedWorld {
  readonly languages: readonly Language[];
  /** Null = one set of weights for everyone. */
  readonly segments: Segments | null;
  readonly batchSize: number;
  readonly batches: number;
  readonly floor: number;
}

/** A bandit's life: its weight epochs, and what their units did. */
export interface SegmentedLife {
  readonly experiment: Experiment;
  readonly epochs: readonly WeightEpoch[];
  readonly exposed: readonly ExposedTotal[];
  readonly moments: readonly MetricTotal[];
  /** Successes that the best variant of each user's language would have brought on top, on average. */
  readonly regret: number;
}

export const metric = metricWith({ kind: 'proportion' });
const now = new Date('2026-02-01T00:00:00Z');
const standing = { frozen: false, recommended: false, acceptedAt: null, allocatedAt: null };

/** Lets users come in batches, each known a batch later, with a step of the product's bandit before each. */
export function liveSegmented(draws: Draws, world: SegmentedWorld): SegmentedLife {
  const bandit: Bandit = {
    mode: 'bandit',
    reward: metric.key,
    floor: world.floor,
    every: 'PT1H',
    burnIn: { unitsPerVariant: 30 },
    ...(world.segments ? { segments: world.segments } : {}),
  };
  const experiment = experimentWith({ allocation: bandit });
  let epochs: readonly WeightEpoch[] = [firstEpoch(experiment)];
  const counts: PathCount[] = [];
  const batches: Batch[] = [];
  let regret = 0;
  for (let number = 0; number < world.batches; number += 1) {
    const known = batches.slice(0, Math.max(0, number - 1));
    epochs = stepped(experiment, bandit, epochs, known, counts);
    const batch: Batch = { exposed: [], moments: [] };
    let [open, left] = [world.batchSize, 1];
    for (const language of world.languages) {
      const users = draws.binomial(open, Math.min(1, language.share / left));
      [open, left] = [open - users, left - language.share];
      regret += meet(draws, experiment, epochs, language, users, batch, counts);
    }
    batches.push(batch);
  }
  return {
    experiment,
    epochs,
    exposed: batches.flatMap(({ exposed }) => exposed),
    moments: batches.flatMap(({ moments }) => moments),
    regret,
  };
}

interface Batch {
  readonly exposed: ExposedTotal[];
  readonly moments: MetricTotal[];
}

function stepped(
  seen: Experiment,
  bandit: Bandit,
  epochs: readonly WeightEpoch[],
  known: readonly Batch[],
  counts: readonly PathCount[],
): readonly WeightEpoch[] {
  const [root, ...leaves] = chainsOf(seen, epochs);
  const data: BanditData = {
    seen,
    bandit,
    metrics: [metric],
    matured: {
      totals: known.flatMap(({ moments }) => moments),
      exposed: known.flatMap(({ exposed }) => exposed),
    },
    spans: null,
    history: null,
    excluded: [],
    now,
    chains: leaves.length + 1,
    isByEpoch: true,
  };
  const settings = segmentSettings(bandit);
  const question = {
    attributes: settings?.attributes ?? [],
    variants: seen.variants.map(({ key }) => key),
    counts,
    leaves: leaves.map(({ segment }) => segment),
  };
  const steps = treeStep({
    view: chainView(data, root),
    leaves: leaves.map((leaf) => ({ segment: leaf.segment, view: chainView(data, leaf) })),
    openings: settings ? leafOpenings(question, settings, []) : [],
  });
  const change = reallocationChange(seen, steps, standing, 'bandit');
  return change ? [...epochs, ...nextEpochs(seen, epochs, change, now)] : epochs;
}

/** Users of a language meet the weights of their leaf, or of the root; the answer is their regret. */
function meet(
  draws: Draws,
  experiment: Experiment,
  epochs: readonly WeightEpoch[],
  { value, rates }: Language,
  users: number,
  batch: Batch,
  counts: PathCount[],
): number {
  const epoch =
    epochs.findLast(({ segment }) => segment === `language=${value}`) ??
    epochs.findLast(({ segment }) => segment === rootSegment);
  if (!epoch) throw new Error('There is no epoch');
  const first = draws.binomial(users, epoch.weights[experiment.variants[0]?.key ?? ''] ?? 0);
  return [first, users - first].reduce((regret, units, place) => {
    const variant = experiment.variants[place]?.key ?? '';
    const moments = binaryMoments(draws.binomial(units, rates[place] ?? 0), units);
    batch.exposed.push({ variant, epoch: epoch.number, units });
    batch.moments.push({ variant, metric: metric.key, epoch: epoch.number, moments });
    const known = counts.findIndex((count) => count.variant === variant && count.values[0] === value);
    const before = counts[known]?.units ?? 0;
    counts.splice(known === -1 ? counts.length : known, 1, {
      variant,
      values: [value],
      units: before + units,
    });
    return regret + units * (Math.max(...rates) - (rates[place] ?? 0));
  }, 0);
}
