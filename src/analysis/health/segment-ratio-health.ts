import type { Experiment } from '../../experiments/experiment.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import type { SegmentTotal } from '../../metrics/totals.js';
import { logSum } from '../../statistics/log-sum.js';
import { sampleRatioSequential } from '../../statistics/sample-ratio.js';
import { figure, percentage } from '../figure.js';
import type { Warning } from '../warning.js';
import { epochCounts, expectedShares, mismatchEValue } from './sample-ratio-health.js';

/** Segments that a warning names. */
const named = 3;

/** A segment with how strongly its units contradict the weights. */
interface SegmentRatio {
  readonly label: string;
  readonly logEValue: number;
  readonly units: readonly number[];
  readonly expected: readonly number[];
}

/**
 * A warning where some segment's units do not follow the weights although those of all segments together may: an SDK
 * version or a browser that loses one variant. The e-values of all segments are averaged, so that looking into many
 * raises no more false alarms than looking into one, and at every look.
 *
 * Source: `sampleRatioSequential`; the mean of e-values is an e-value (Vovk, Wang 2021, Annals of Statistics 49:1736).
 *
 * @example segmentWarnings(experiment, epochs, segments)[0]?.code; // 'SEGMENT_RATIO_MISMATCH'
 */
export function segmentWarnings(
  experiment: Pick<Experiment, 'variants'>,
  epochs: readonly WeightEpoch[],
  segments: readonly SegmentTotal[],
): Warning[] {
  const ratios = [...bySegment(segments)].map(([label, totals]) =>
    ratioOf(label, totals, experiment, epochs),
  );
  if (ratios.length === 0) return [];
  const average = logSum(ratios.map(({ logEValue }) => logEValue)) - Math.log(ratios.length);
  if (average < Math.log(mismatchEValue)) return [];
  const worst = [...ratios].sort((a, b) => b.logEValue - a.logEValue).slice(0, named);
  const sentences = worst
    .filter(({ logEValue }) => logEValue >= Math.log(mismatchEValue))
    .map((ratio) => sentenceOf(ratio, experiment));
  const message =
    `In some segments the numbers of units do not fit the weights (e-value ${figure(Math.min(Number.MAX_VALUE, Math.exp(average)))} over ` +
    `${ratios.length} segments): ${sentences.join('; ')}. Look at what these units have in common before deciding.`;
  return [{ code: 'SEGMENT_RATIO_MISMATCH', message }];
}

function bySegment(segments: readonly SegmentTotal[]): Map<string, SegmentTotal[]> {
  const groups = new Map<string, SegmentTotal[]>();
  for (const total of segments) {
    const label = `${total.attribute} = ${total.value}`;
    groups.set(label, [...(groups.get(label) ?? []), total]);
  }
  return groups;
}

function ratioOf(
  label: string,
  totals: readonly SegmentTotal[],
  experiment: Pick<Experiment, 'variants'>,
  epochs: readonly WeightEpoch[],
): SegmentRatio {
  const counts = epochCounts(experiment, epochs, totals);
  const found = sampleRatioSequential(counts);
  const logEValue = found.status === 'ok' ? found.logEValue : found.status === 'impossible' ? Infinity : 0;
  const units = experiment.variants.map((_, place) =>
    counts.reduce((sum, epoch) => sum + (epoch.units[place] ?? 0), 0),
  );
  return {
    label,
    logEValue,
    units,
    expected: expectedShares(
      counts,
      experiment.variants.map(({ weight }) => weight),
    ),
  };
}

function sentenceOf(
  { label, units, expected }: SegmentRatio,
  { variants }: Pick<Experiment, 'variants'>,
): string {
  const total = units.reduce((sum, count) => sum + count, 0);
  const shares = variants.map(
    ({ key }, place) =>
      `${key} ${percentage((units[place] ?? 0) / total)} where ${percentage(expected[place] ?? 0)} were due`,
  );
  return `${label} (${figure(total)} units): ${shares.join(', ')}`;
}
