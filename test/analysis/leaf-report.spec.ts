import { leafReport } from '../../src/analysis/leaf-report.js';
import { leafSection } from '../../src/analysis/leaf-section.js';
import type { Bandit } from '../../src/experiments/allocation.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';

const bandit: Bandit = {
  mode: 'bandit',
  reward: 'task_completed',
  floor: 0.05,
  every: 'PT1H',
  burnIn: { unitsPerVariant: 50 },
  segments: { attributes: ['language'], minimumUnits: 100, maximumLeaves: 2 },
};
const experiment = experimentWith({ allocation: bandit });
const root = firstEpoch(experiment);
const step = { probabilityBest: { control: 0.03, treatment: 0.97 } };
const epochs = [
  root,
  { ...root, segment: 'language=de', number: 2, cause: 'segments' as const },
  {
    ...root,
    segment: 'language=de',
    number: 3,
    cause: 'bandit' as const,
    weights: { control: 0.1, treatment: 0.9 },
    startedAt: new Date('2026-01-06T00:00:00Z'),
    evidence: step,
  },
];
const exposed = [
  { variant: 'control', epoch: 1, units: 500 },
  { variant: 'treatment', epoch: 1, units: 510 },
  { variant: 'control', epoch: 2, units: 60 },
  { variant: 'control', epoch: 3, units: 10 },
  { variant: 'treatment', epoch: 3, units: 95 },
  { variant: '$holdback', epoch: 1, units: 9 },
];
const count = (value: string, control: number, treatment: number) => [
  { variant: 'control', values: [value], units: control },
  { variant: 'treatment', values: [value], units: treatment },
];
const counts = [...count('de', 300, 300), ...count('en', 150, 99), ...count('it', 120, 130)];

describe('the leaves of a report', () => {
  it('have their units, weights, and who leads as of the last step, with everyone else first', () => {
    expect(leafReport(experiment, epochs, exposed, counts)?.leaves).toEqual([
      {
        segment: '',
        since: '2026-01-05T00:00:00.000Z',
        units: { control: 500, treatment: 510 },
        weights: { control: 0.5, treatment: 0.5 },
        probabilityBest: null,
        leader: null,
        reason: expect.stringContaining('No step has moved its weights yet'),
      },
      {
        segment: 'language=de',
        since: '2026-01-05T00:00:00.000Z',
        units: { control: 70, treatment: 95 },
        weights: { control: 0.1, treatment: 0.9 },
        probabilityBest: step.probabilityBest,
        leader: 'treatment',
        reason: 'The step of 2026-01-06T00:00:00.000Z moved its weights.',
      },
    ]);
  });

  it('know nothing of who is best among the units that are left once a leaf has parted', () => {
    const stepped = { ...root, cause: 'bandit' as const, evidence: step };
    const left = { ...root, number: 4, cause: 'segments' as const };
    const rootRow = (all: Parameters<typeof leafReport>[1]) =>
      leafReport(experiment, all, exposed, counts)?.leaves[0];
    expect(rootRow([stepped])?.leader).toBe('treatment');
    expect(rootRow([stepped, ...epochs.slice(1), left])).toMatchObject({
      leader: null,
      probabilityBest: null,
    });
  });

  it('say why other segments are none', () => {
    const reasons = (changes: Partial<typeof experiment> = {}) =>
      leafReport({ ...experiment, ...changes }, epochs, exposed, counts)?.waiting.map(
        ({ segment, reason }) => [segment, reason],
      );
    const few = ['language=en', 'Too few units: treatment has 99 of 100 units.'];
    expect(reasons()).toEqual([
      ['language=it', 'It has enough units, and may become a leaf at the next step.'],
      few,
    ]);
    expect(reasons({ status: 'paused' })?.[0]?.[1]).toContain('at a step of a running bandit');
    const full: Bandit = {
      ...bandit,
      segments: { attributes: ['language'], minimumUnits: 100, maximumLeaves: 1 },
    };
    expect(reasons({ allocation: full })).toEqual([
      ['language=it', 'There is no room: 1 is the most leaves.'],
      few,
    ]);
  });

  it('are none where everyone has the same weights, or nothing has begun', () => {
    expect(leafReport(experimentWith(), epochs, exposed, counts)).toBeNull();
    expect(leafReport(experiment, [], [], [])).toBeNull();
  });

  it('are a table in the document, in which no value of a user is markup', () => {
    const hostile = leafReport(
      experiment,
      [root, { ...root, segment: 'language=a%7C%60b', number: 2 }],
      exposed,
      count('x|`<b>', 1, 1),
    );
    const lines = leafSection(hostile, ['control', 'treatment']).join('\n');
    expect(lines).toContain('## Who is served what');
    expect(lines).toContain('| everyone else | control | 500 | 50 % | – |');
    expect(lines).not.toContain('`<b>');
    expect(lines.split('\n').filter((each) => each.startsWith('| `'))).toHaveLength(2);
    expect(leafSection(null, [])).toEqual([]);
  });
});
