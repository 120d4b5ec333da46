import {
  leafRows,
  leafSummary,
  segmentWords,
} from '../../../src/dashboard/web/experiment/traffic/leaf-rows.js';

const leaves = {
  attributes: ['language', 'plan'],
  minimumUnits: 200,
  maximumLeaves: 8,
  leaves: [
    {
      segment: '',
      since: '2026-01-05T00:00:00.000Z',
      units: { control: 10, treatment: 12 },
      weights: { control: 0.5, treatment: 0.5 },
      probabilityBest: null,
      leader: null,
      reason: '',
    },
    {
      segment: 'language=de/plan=a%2Fb',
      since: '2026-01-06T00:00:00.000Z',
      units: { control: 300, treatment: 0 },
      weights: { control: 0.1, treatment: 0.9 },
      probabilityBest: { control: 0.02, treatment: 0.98 },
      leader: 'treatment',
      reason: '',
    },
  ],
  waiting: [],
};

describe('the table of leaves', () => {
  it('has a row for each variant of each leaf, everyone else first', () => {
    const rows = leafRows(leaves, ['control', 'treatment']);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({
      segment: 'everyone else',
      units: 10,
      probabilityBest: null,
      isLeader: false,
    });
    expect(rows[3]).toEqual({
      segment: 'language de, plan a/b',
      variant: 'treatment',
      units: 0,
      weight: 0.9,
      probabilityBest: 0.98,
      isLeader: true,
    });
  });

  it('says how units are parted, and that there may be no leaf yet', () => {
    expect(leafSummary(leaves)).toContain('Parted by language, then by plan');
    expect(leafSummary(leaves)).toContain('1 of 8 leaves.');
    expect(leafSummary({ ...leaves, leaves: leaves.leaves.slice(0, 1) })).toContain(
      'No segment has enough units yet.',
    );
    expect(segmentWords('')).toBe('everyone else');
  });
});
