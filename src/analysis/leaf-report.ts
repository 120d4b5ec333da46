import type { Experiment } from '../experiments/experiment.js';
import { latestOfEach, presentLeaves } from '../experiments/leaves.js';
import { presentPopulation } from '../experiments/population.js';
import { segmentSettings, type SegmentSettings } from '../experiments/segment-settings.js';
import { rootSegment } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { leafCandidates, type LeafCandidate, type PathCount } from '../metrics/leaf-candidates.js';
import type { ExposedTotal } from '../metrics/totals.js';

/** The units that a bandit serves with weights of their own. */
export interface LeafRow {
  /** Empty for everyone who has no leaf. */
  readonly segment: string;
  /** When it began; RFC 3339. */
  readonly since: string;
  /** Units exposed under its weights, by variant. */
  readonly units: Readonly<Record<string, number>>;
  readonly weights: Readonly<Record<string, number>>;
  /** As of the last step that moved its weights; null before the first since it has served the units that it serves now. */
  readonly probabilityBest: Readonly<Record<string, number>> | null;
  /** The variant that is most likely the best; null before the first step. */
  readonly leader: string | null;
  /** Why its weights are what they are. */
  readonly reason: string;
}

/** A segment that is no leaf, and why. */
export interface WaitingSegment {
  readonly segment: string;
  readonly units: Readonly<Record<string, number>>;
  readonly reason: string;
}

/** The leaves of a bandit's tree, that of everyone else first, and the largest segments that are none. */
export interface LeafReport extends SegmentSettings {
  readonly leaves: readonly LeafRow[];
  readonly waiting: readonly WaitingSegment[];
}

/** Segments without a leaf that are listed. */
const mostWaiting = 10;

/**
 * The leaves of an experiment's bandit; null where everyone has the same weights.
 *
 * @param epochs of the test, those of leaves too, oldest first
 * @param exposed units by variant and epoch
 * @param counts units by the values of the declared attributes
 * @example leafReport(experiment, epochs, exposed, counts)?.leaves[1]?.leader; // 'treatment'
 */
export function leafReport(
  experiment: Experiment,
  epochs: readonly WeightEpoch[],
  exposed: readonly ExposedTotal[],
  counts: readonly PathCount[],
): LeafReport | null {
  const settings = segmentSettings(experiment.allocation);
  if (!settings || epochs.length === 0) return null;
  const leaves = presentLeaves({ experiment, leafEpochs: epochs }).map(({ segment }) => segment);
  const rowOf = (segment: string) =>
    leafRow(
      experiment,
      segment,
      epochs.filter((epoch) => epoch.segment === segment),
      presentPopulation(segment, epochs),
      exposed,
    );
  return {
    ...settings,
    leaves: [rootSegment, ...leaves].map(rowOf),
    waiting: waitingSegments(experiment, settings, leaves, counts),
  };
}

function leafRow(
  { variants }: Experiment,
  segment: string,
  own: readonly WeightEpoch[],
  population: readonly WeightEpoch[],
  exposed: readonly ExposedTotal[],
): LeafRow {
  const numbers = new Set(own.map(({ number }) => number));
  const keys = variants.map(({ key }) => key);
  const unitsOf = (key: string) =>
    exposed.reduce(
      (sum, { variant, epoch, units }) => sum + (variant === key && numbers.has(epoch) ? units : 0),
      0,
    );
  const step = population.findLast(({ evidence }) => 'probabilityBest' in evidence);
  const chances = (step?.evidence['probabilityBest'] ?? null) as LeafRow['probabilityBest'];
  const [latest] = latestOfEach(own);
  return {
    segment,
    since: own[0]?.startedAt.toISOString() ?? '',
    units: Object.fromEntries(keys.map((key) => [key, unitsOf(key)])),
    weights: latest?.weights ?? {},
    probabilityBest: chances,
    leader: chances && leaderOf(chances),
    reason: step
      ? `The step of ${step.startedAt.toISOString()} moved its weights.`
      : 'No step has moved its weights yet since it has served these units: it still gathers them, or nothing sets its variants apart.',
  };
}

function leaderOf(chances: Readonly<Record<string, number>>): string | null {
  const [first] = Object.entries(chances).sort(([, one], [, other]) => other - one);
  return first?.[0] ?? null;
}

function waitingSegments(
  { variants, status }: Experiment,
  settings: SegmentSettings,
  leaves: readonly string[],
  counts: readonly PathCount[],
): WaitingSegment[] {
  const keys = variants.map(({ key }) => key);
  const question = { attributes: settings.attributes, variants: keys, counts, leaves };
  const room = leaves.length < settings.maximumLeaves;
  const total = ({ units }: LeafCandidate) => units.reduce((sum, count) => sum + count, 0);
  return [...leafCandidates(question)]
    .sort((one, other) => total(other) - total(one))
    .slice(0, mostWaiting)
    .map((candidate) => ({
      segment: candidate.segment,
      units: Object.fromEntries(keys.map((key, place) => [key, candidate.units[place] ?? 0])),
      reason: reasonOf(candidate, keys, settings, { room, running: status === 'running' }),
    }));
}

function reasonOf(
  { units }: LeafCandidate,
  variants: readonly string[],
  { minimumUnits, maximumLeaves }: SegmentSettings,
  { room, running }: { readonly room: boolean; readonly running: boolean },
): string {
  const few = variants.flatMap((key, place) => {
    const own = units[place] ?? 0;
    return own < minimumUnits ? [`${key} has ${own} of ${minimumUnits} units`] : [];
  });
  if (few.length > 0) return `Too few units: ${few.join(', ')}.`;
  if (!room) return `There is no room: ${maximumLeaves} is the most leaves.`;
  return running
    ? 'It has enough units, and may become a leaf at the next step.'
    : 'It has enough units; leaves begin at a step of a running bandit.';
}
