import { weightPeriods } from '../../../src/analysis/measurement/weight-periods.js';
import type { EpochCause } from '../../../src/experiments/weight-epoch.js';

const half = { control: 0.5, treatment: 0.5 };
const most = { control: 0.1, treatment: 0.9 };

const epoch = (number: number, segment: string, cause: EpochCause, weights = half) => ({
  number,
  segment,
  cause,
  weights,
});
const shown = (epochs: Parameters<typeof weightPeriods>[0]) =>
  weightPeriods(epochs).map(({ epochs: numbers, stratum }) => [stratum, numbers]);

describe('weightPeriods', () => {
  it('join epochs of the same weights, next to each other', () => {
    const epochs = [half, half, most, half].map((weights, place) => ({ number: place + 1, weights }));
    expect(weightPeriods(epochs).map(({ epochs: numbers }) => numbers)).toEqual([[1, 2], [3], [4]]);
    expect(new Set(weightPeriods(epochs).map(({ stratum }) => stratum)).size).toBe(1);
  });

  it('keep the leaves apart, and the root before and after a leaf parted from it', () => {
    expect(
      shown([
        epoch(1, '', 'start'),
        epoch(2, '', 'bandit', most),
        epoch(3, 'language=de', 'segments'),
        epoch(4, '', 'segments', most),
        epoch(5, 'language=de', 'bandit', most),
        epoch(6, '', 'bandit', half),
        epoch(7, 'language=de', 'bandit', most),
      ]),
    ).toEqual([
      ['#0', [1]],
      ['#0', [2]],
      ['language=de#0', [3]],
      ['#1', [4]],
      ['language=de#0', [5, 7]],
      ['#1', [6]],
    ]);
  });

  it('cut a leaf, too, when one parts from it, and the root when all are served alike again', () => {
    const epochs = [
      epoch(1, '', 'start'),
      epoch(2, 'language=de', 'segments'),
      epoch(3, '', 'segments'),
      epoch(4, 'language=de/plan=pro', 'segments'),
      epoch(5, 'language=de', 'segments'),
      epoch(6, '', 'weights', most),
    ];
    expect(shown(epochs).map(([stratum]) => stratum)).toEqual([
      '#0',
      'language=de#0',
      '#1',
      'language=de/plan=pro#0',
      'language=de#1',
      // Parted from anew further down, and then set by a person.
      '#2',
    ]);
  });

  it('cut nothing by hand-set weights where there never was a leaf', () => {
    expect(shown([epoch(1, '', 'start'), epoch(2, '', 'weights', most)])).toEqual([
      ['#0', [1]],
      ['#0', [2]],
    ]);
  });
});
