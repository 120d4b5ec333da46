import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import type { CatalogueEntry } from '../../catalogue/catalogue.js';
import type { Bandit } from '../../experiments/allocation.js';
import type { Experiment } from '../../experiments/experiment.js';
import { WeightEpochStore } from '../../experiments/weight-epoch.store.js';
import { keySample } from '../../metrics/key-sample.js';
import { TotalsStore } from '../../metrics/totals.store.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { durationMilliseconds } from '../../operations/duration.js';
import { loggedPolicy } from '../../statistics/logged-policy.js';
import { inTurns } from './in-turns.js';
import { replay, type ReplayLog, type ReplayStep } from './replay.js';
import { replayMethod, replayWarnings, type ReplayDocument } from './replay-document.js';
import { assertReplayable, nothingEstimated, replayedMetric, unknownReward } from './replay-faults.js';
import type { ReplayQuery } from './replay.schema.js';
import { ReplayQueue } from './replay-queue.js';
import { ReplayStore, type ReplayExtent } from './replay.store.js';
import { servedWeights } from './served-weights.js';
import { stepLength } from './step-length.js';

/** More units than this are read as a sample. */
const mostUnits = 100_000;

/** Works done between two moments at which others come in, in milliseconds. */
const longestWork = 5;

/** Says what a bandit would have done on the log of an experiment. Changes nothing. */
@Injectable()
export class ReplayService {
  private readonly queue = new ReplayQueue<ReplayDocument>();

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly totals: TotalsStore,
    private readonly epochs: WeightEpochStore,
    private readonly store: ReplayStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws INVALID_REQUEST or UNKNOWN_METRIC, saying what cannot be answered and why; TOO_MANY_REQUESTS while many are asked for.
   *
   * @param gone says that whoever asked has left: what nobody waits for is not worked out to its end
   */
  replay(experiment: Experiment, query: ReplayQuery, gone: AbortSignal): Promise<ReplayDocument> {
    const question = JSON.stringify([experiment.id, experiment.version, query]);
    const answer = this.queue.ask(question, (stopped) => this.answer(experiment, query, stopped), gone);
    if (answer) return answer;
    throw new AssayError(
      'TOO_MANY_REQUESTS',
      'Several replays are being worked out already. Send this again in a few seconds.',
      [],
      { retryAfter: 5 },
    );
  }

  private async answer(
    experiment: Experiment,
    { reward, every }: ReplayQuery,
    stopped: AbortSignal,
  ): Promise<ReplayDocument> {
    const entry = this.metricOf(experiment, reward);
    const reading = await this.readingOf(experiment, entry, every);
    const cells = await this.store.cells(reading);
    assertReplayable(experiment, entry.metric, reading.extents, cells);
    const epochs = await this.epochs.list(experiment.id);
    const steps = (cells.at(-1)?.step ?? 0) + 1;
    const log: ReplayLog = {
      view: {
        variants: reading.variants,
        control: experiment.control,
        metric: entry.metric,
        delta: experiment.plan.alpha,
        bandit: banditOf(experiment, entry.metric.key, reading.every),
      },
      cells,
      steps,
      stepMilliseconds: reading.stepMilliseconds,
      windowMilliseconds: durationMilliseconds(experiment.metrics.window),
      share: reading.share,
      servedIn: servedWeights(experiment, epochs, reading.start, reading.stepMilliseconds),
    };
    const pause = async () => {
      await setImmediate();
      stopped.throwIfAborted();
    };
    const stopwatch = () => performance.now();
    const taken = await inTurns(replay(log), { longest: longestWork, stopwatch, pause });
    return document(experiment, entry, taken, { ...reading, asked: every });
  }

  private metricOf({ allocation, metrics }: Experiment, asked: string | undefined): CatalogueEntry {
    const own = allocation.mode === 'bandit' ? allocation.reward : null;
    const key = asked ?? (typeof own === 'string' ? own : metrics.primary[0]) ?? '';
    const entry = this.catalogue.get(key);
    if (!entry) throw unknownReward(key);
    return replayedMetric(entry);
  }

  private async readingOf(
    { id, variants, source, metrics }: Experiment,
    { id: number, metric }: CatalogueEntry,
    every: string,
  ) {
    const totals = await this.totals.exposed({ experimentId: id, phase: 0, binsBefore: null });
    const keys = variants.map((variant) => variant.key);
    const matured = this.clock.now().getTime() - durationMilliseconds(metrics.window);
    const before = source === 'imported' ? null : new Date(matured);
    const known = totals.filter(({ variant }) => keys.includes(variant));
    const units = known.reduce((sum, total) => sum + total.units, 0);
    const sample = keySample(units, mostUnits);
    const extents = await this.store.extent({
      experimentId: id,
      variants: keys,
      lastKey: sample.lastKey,
      before,
    });
    const { start, end } = spanOf(extents);
    return {
      ...sample,
      ...stepLength(end.getTime() - start.getTime(), every),
      experimentId: id,
      metric: number,
      variants: keys,
      start,
      extents,
      missingIsZero: metric.missing === 'zero',
      isProportion: metric.kind === 'proportion',
      before,
    };
  }
}

function spanOf(extents: readonly ReplayExtent[]): { start: Date; end: Date } {
  const instants = extents.flatMap(({ first, last }) => [first.getTime(), last.getTime()]);
  if (instants.length === 0) return { start: new Date(0), end: new Date(0) };
  return { start: new Date(Math.min(...instants)), end: new Date(Math.max(...instants)) };
}

/** The experiment's own bandit where it has one with that reward, else one as it is without choices. */
function banditOf({ allocation }: Experiment, reward: string, every: string): Bandit {
  if (allocation.mode === 'bandit' && allocation.reward === reward) return { ...allocation, every };
  return { mode: 'bandit', reward, every, floor: 0.01, burnIn: { unitsPerVariant: 100 } };
}

interface Told {
  readonly start: Date;
  readonly stepMilliseconds: number;
  readonly share: number;
  readonly asked: string;
  readonly every: string;
  readonly variants: readonly string[];
  readonly extents: readonly ReplayExtent[];
}

function document(
  { key, plan }: Experiment,
  { metric }: CatalogueEntry,
  taken: readonly ReplayStep[],
  told: Told,
): ReplayDocument {
  const mean = metric.kind === 'mean' ? 'of-events' : 'of-units';
  const cells = taken.flatMap((step) => step.cells);
  const estimate = loggedPolicy(cells, mean, plan.alpha);
  if (estimate.status !== 'ok') throw nothingEstimated(key, estimate.reason);
  const first = JSON.stringify(taken[0]?.weights);
  const basis = {
    ...told,
    units: taken.reduce((sum, { units }) => sum + units, 0),
    withoutPropensity: told.extents.reduce((sum, { unknown }) => sum + unknown, 0),
    narrowedSteps: taken.filter(({ isNarrowed }) => isNarrowed).length,
    steps: taken.length,
    hasMoved: taken.some(({ weights }) => JSON.stringify(weights) !== first),
  };
  return {
    experiment: key,
    reward: metric.key,
    every: told.every,
    steps: taken.map(({ step, weights, units }) => ({
      at: new Date(told.start.getTime() + step * told.stepMilliseconds).toISOString(),
      weights: Object.fromEntries(told.variants.map((variant, place) => [variant, weights[place] ?? 0])),
      units,
    })),
    estimate: {
      asServed: estimate.asServed.value,
      asBandit: estimate.asTarget.value,
      difference: estimate.difference.value,
      interval: estimate.difference.interval,
    },
    method: replayMethod,
    warnings: replayWarnings(estimate, basis),
  };
}
