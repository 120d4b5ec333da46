import { epochHistory } from '../../../src/simulation/report/epoch-history.js';
import { estimatesOf, metricLine } from '../../../src/simulation/report/estimates.js';
import { closingLines, reportTables } from '../../../src/simulation/report/report-rows.js';
import type { SimulationResult } from '../../../src/simulation/report/simulation-result.js';
import { drawReport } from '../../../src/simulation/report/tables.adapter.js';

const rating = {
  key: 'user_rating',
  variants: [
    { key: 'control', units: 120, provisional: 2, mean: 3.6111, interval: [3.5, 3.7] as [number, number] },
    { key: 'treatment', units: 118, provisional: 0, mean: 3.9, interval: [3.8, 4] as [number, number] },
  ],
  comparisons: [
    {
      variant: 'treatment',
      difference: 0.289,
      interval: [0.2, 0.38] as [number, number],
      sequential: { interval: [0.1, 0.48] as [number, number] },
    },
  ],
};
const truth = { control: 'control', treatment: 'treatment', controlMean: 3.6, effect: 0.3 };
const evidence = {
  reason: 'weights follow the probability of being best',
  probabilityBest: { control: 0.012, treatment: 0.988 },
  means: { control: 3.61, treatment: 3.92 },
  units: { control: 120, treatment: 118 },
};
const epochs = [
  { number: 2, cause: 'bandit', weights: { control: 0.02, treatment: 0.98 }, evidence },
  { number: 1, cause: 'start', weights: { control: 0.5, treatment: 0.5 }, evidence: {} },
];
const newUsers: Record<number, Record<string, number>> = {
  1: { control: 52, treatment: 48 },
  2: { treatment: 50 },
};

const result: SimulationResult = {
  experiment: 'simulation-s1-r1',
  status: 'running',
  users: 150,
  effect: 0.3,
  seed: 1,
  mode: 'bandit',
  seconds: 12.3,
  better: 'treatment',
  estimates: estimatesOf(rating, truth),
  metrics: [metricLine(rating, 'treatment')],
  epochs: epochHistory(epochs, (number) => newUsers[number] ?? {}, 'treatment'),
  steps: [
    { afterUsers: 100, outcome: 'moved', reason: 'weights follow the probability of being best' },
    { afterUsers: 125, outcome: 'settled', reason: 'weights stay' },
  ],
  sticky: { asked: 100, kept: 100 },
  traffic: {
    visits: 200,
    ratings: 150,
    late: 0,
    abandoned: 8,
    retried: 9,
    failed: 2,
    refused: 0,
    fallbacks: { paused: 3 },
  },
  example: { users: 7, summaries: 9, ratings: 6, abandoned: 1, retried: 1, failed: 0, leftOut: null },
  warnings: ['28 outcomes lay outside the metric window and are left out.'],
  recommendation: { action: 'SHIP', variant: 'treatment', reason: 'treatment is better.' },
};

describe('the report of a simulation', () => {
  const [estimates, metrics, history] = reportTables(result);

  it('shows the true effect beside the estimate and both intervals', () => {
    expect(estimates?.rows).toEqual([
      ['control', '3.60', '3.611', '3.500 to 3.700', '–', '120'],
      ['treatment', '3.90', '3.900', '3.800 to 4.000', '–', '118'],
      ['treatment − control', '0.30', '0.289', '0.200 to 0.380', '0.100 to 0.480', ''],
    ]);
  });

  it('shows every metric by variant', () => {
    expect(metrics?.rows).toEqual([['user_rating', '3.611', '3.900', '0.289', '0.200 to 0.380']]);
  });

  it('shows each weight epoch, oldest first, with its cause, new users and evidence', () => {
    expect(history?.head).toContain('new users to treatment');
    expect(history?.rows).toEqual([
      ['1', 'start', '50.0 %', '50.0 %', '52', '48', '48.0 %', '–'],
      [
        '2',
        'bandit',
        '2.0 %',
        '98.0 %',
        '0',
        '50',
        '100.0 %',
        'weights follow the probability of being best: control 0.012 (3.610 of 120 units), treatment 0.988 (3.920 of 118 units)',
      ],
    ]);
  });

  it('names no better variant where there is none', () => {
    const [, , table] = reportTables({ ...result, better: null });
    expect(table?.head).not.toContain('new users to treatment');
    expect(table?.rows.every((row) => row.length === table.head.length)).toBe(true);
    expect(epochHistory(epochs, () => ({ control: 1 }), null)[0]?.betterShare).toBeNull();
  });

  it('survives a report that knows nothing yet', () => {
    const [table] = reportTables({ ...result, estimates: estimatesOf(undefined, truth) });
    expect(table?.rows[2]).toEqual(['treatment − control', '0.30', '–', '–', '–', '']);
  });

  it('ends with the steps that moved nothing, what users did, and the recommendation', () => {
    const lines = closingLines(result);
    expect(lines[0]).toBe('Step after 125 users (settled): weights stay');
    expect(lines).toContain('The fallback was served 3 times (paused).');
    expect(lines).toContain('Asked again at the end, 100 of 100 early users have the variant they had.');
    expect(lines.at(-1)).toBe('Recommendation: SHIP treatment. treatment is better.');
    const leftOut = closingLines({
      ...result,
      example: { ...result.example, leftOut: 'it asks a real model' },
    });
    expect(leftOut).toContain("The example's own routes were left out: it asks a real model.");
  });

  it('is drawn with every table in it', () => {
    const drawn = drawReport(result);
    expect(drawn).toMatch(
      /simulation-s1-r1: 150 users, true effect 0\.3, Thompson sampling; running, 12\.3 s/,
    );
    for (const { title } of reportTables(result)) expect(drawn).toContain(title);
    expect(drawn).toContain('98.0 %');
  });
});
