import { presentRuns } from '../../../src/dashboard/web/experiment/traffic/band-runs.js';

const edge = (at: number, low: number, high: number) => ({ at, low, high });

describe('the stretches in which a band has any share', () => {
  it('end where the share does, and the last where the river does', () => {
    const edges = [edge(0, 0, 0.5), edge(10, 0, 0), edge(20, 0, 0.3), edge(30, 0, 0.4)];
    expect(presentRuns(edges, 40)).toEqual([
      [edge(0, 0, 0.5), edge(10, 0, 0.5)],
      [edge(20, 0, 0.3), edge(30, 0, 0.4), edge(40, 0, 0.4)],
    ]);
  });

  it('are none for a band without any', () => {
    expect(presentRuns([edge(0, 0.5, 0.5), edge(10, 1, 1)], 20)).toEqual([]);
  });
});
