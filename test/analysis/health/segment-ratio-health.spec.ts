import { segmentWarnings } from '../../../src/analysis/health/segment-ratio-health.js';
import type { SegmentTotal } from '../../../src/metrics/totals.js';
import { experimentWith, firstEpoch } from '../../bucketing/experiment-fixtures.js';
import { normalDraws } from '../../statistics/normal-draws.js';

const experiment = experimentWith();
const epochs = [firstEpoch(experiment)];

function segment(value: string, control: number, treatment: number): SegmentTotal[] {
  const about = { attribute: 'sdk', value, epoch: 1 };
  return [
    { ...about, variant: 'control', units: control },
    { ...about, variant: 'treatment', units: treatment },
  ];
}

describe('the split within segments', () => {
  it('is found broken where one segment loses a variant, and named with its numbers', () => {
    // Together 5,150 to 4,950, which the whole would not show.
    const segments = [...segment('1.0', 4_650, 4_750), ...segment('2.0', 500, 200)];
    const [warning] = segmentWarnings(experiment, epochs, segments);
    expect(warning).toMatchObject({ code: 'SEGMENT_RATIO_MISMATCH' });
    expect(warning?.message).toContain('sdk = 2.0 (700 units): control 71.43 % where 50 % were due');
    expect(warning?.message).not.toContain('sdk = 1.0');
  });

  it('is sound where chance explains it, in however many segments', () => {
    const draw = normalDraws(11);
    const segments = Array.from({ length: 40 }, (_, number) => {
      const surplus = Math.round(draw() * 10);
      return segment(String(number), 200 + surplus, 200 - surplus);
    }).flat();
    expect(segmentWarnings(experiment, epochs, segments)).toEqual([]);
    expect(segmentWarnings(experiment, epochs, [])).toEqual([]);
  });

  it('is judged by the weights of each epoch', () => {
    const shifted = { ...epochs[0]!, number: 2, weights: { control: 0.1, treatment: 0.9 } };
    const later = segment('1.0', 100, 900).map((total) => ({ ...total, epoch: 2 }));
    expect(
      segmentWarnings(experiment, [...epochs, shifted], [...segment('1.0', 500, 500), ...later]),
    ).toEqual([]);
    expect(segmentWarnings(experiment, epochs, segment('1.0', 600, 1_400))).toHaveLength(1);
  });
});
