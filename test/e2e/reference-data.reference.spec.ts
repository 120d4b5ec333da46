import type { MetricReport } from '../../src/analysis/comparison/metric-report.js';
import type { Report } from '../../src/analysis/report.js';
import { sampleRatioChiSquare } from '../../src/statistics/sample-ratio.js';
import { readExpected, readRows, type ExpectedSample, type ExpectedWelch } from './reference-data.fixture.js';
import { startRestartingServer, type RestartingServer } from './restarting-server.fixture.js';
import { shuffled } from './shuffled.fixture.js';

interface EventRow {
  readonly ts: string;
  readonly unit_id: string;
  readonly arm: string;
  readonly metric: number;
  readonly output_tokens?: number;
  readonly output_chars?: number;
}

interface AnswerRow {
  readonly record_id: string;
  readonly prompt_id: string;
  readonly turn: number;
  readonly variant: string;
  readonly score: number;
}

interface UpworthyRow {
  readonly test_id: string;
  readonly arms: readonly { readonly impressions: number }[];
}

interface UpworthyExpectedRow {
  readonly test_id: string;
  readonly srm_p: number;
  readonly known_bad_period: boolean;
}

const expected = readExpected();
const gsm8k = expected['exp:gsm8k-verifier'];
const wildbench = expected['exp:wildbench-gemma-size'];
/** "expected.json" promises closed formulas to a relative 1e-6. */
const tolerance = 1e-6;

function expectNear(actual: unknown, figure: number, what: string): void {
  const distance = Math.abs(Number(actual) - figure) / Math.max(Math.abs(figure), Number.MIN_VALUE);
  const near = typeof actual === 'number' && distance <= tolerance;
  expect({ what, actual, figure, near }).toEqual({ what, actual, figure, near: true });
}

describe('the report on real event streams', () => {
  let server: RestartingServer;

  beforeAll(async () => {
    server = await startRestartingServer();
    for (const metric of [
      { key: 'correct', kind: 'mean', direction: 'increase', category: 'quality', min: 0, max: 1 },
      { key: 'output_chars', kind: 'mean', direction: 'decrease', category: 'performance', min: 0 },
    ])
      expect(await server.call('POST', '/v1/metrics', metric)).toMatchObject({ status: 201 });
  }, 120_000);
  afterAll(() => server.close());

  /** Imports everything twice, in two orders, with the server stopped in the middle of the first. */
  const importTwice = async (
    key: string,
    variants: readonly [string, string],
    metrics: readonly string[],
    lines: readonly object[],
  ) => {
    const created = await server.call('POST', '/v1/experiments', {
      key,
      source: 'imported',
      control: variants[0],
      variants: variants.map((variant) => ({ key: variant, config: { model: variant } })),
      metrics: { primary: metrics[0], secondary: metrics.slice(1) },
    });
    expect(created).toMatchObject({ status: 201 });
    const send = (sent: readonly object[]) =>
      server.call(
        'POST',
        `/v1/experiments/${key}/import`,
        sent.map((line) => JSON.stringify(line)).join('\n'),
      );
    const first = shuffled(lines, 1);
    const half = Math.floor(lines.length / 2);
    expect(await send(first.slice(0, half))).toMatchObject({ status: 202, body: { accepted: half } });
    await server.restart();
    expect(await send(first.slice(half))).toMatchObject({ status: 202 });
    expect(await send(shuffled(lines, 2))).toMatchObject({
      status: 202,
      body: { accepted: 0, duplicates: lines.length, refused: 0 },
    });
    const { status, body } = await server.call('GET', `/v1/experiments/${key}/results`);
    expect({ status, body: status === 200 ? null : body }).toEqual({ status: 200, body: null });
    return body as Report;
  };

  const metricOf = (report: Report, key: string): MetricReport => {
    const metric = report.metrics.find((each) => each.key === key);
    if (!metric) throw new Error(`The report says nothing of ${key}`);
    return metric;
  };

  const expectSample = (
    actual: MetricReport['variants'][number] | undefined,
    sample: ExpectedSample,
    what: string,
  ) => {
    expectNear(actual?.units, sample.n, `${what} units`);
    expectNear(actual?.mean, sample.mean, `${what} mean`);
    expectNear(actual?.standardDeviation, sample.sd, `${what} standard deviation`);
  };

  const expectWelch = (
    report: Report,
    key: string,
    variants: readonly [string, string],
    welch: ExpectedWelch,
  ) => {
    const metric = metricOf(report, key);
    const of = (variant: string) => metric.variants.find((each) => each.key === variant);
    expectSample(of(variants[0]), welch.a, `${key} a`);
    expectSample(of(variants[1]), welch.b, `${key} b`);
    const [comparison] = metric.comparisons;
    expect(comparison).toMatchObject({ variant: variants[1], against: variants[0] });
    expectNear(comparison?.difference, welch.diff, `${key} difference`);
    expectNear(comparison?.standardError, welch.se, `${key} standard error`);
    expectNear(comparison?.degreesOfFreedom, welch.df, `${key} degrees of freedom`);
    expectNear(comparison?.interval?.[0], welch.ci95[0], `${key} lower bound`);
    expectNear(comparison?.interval?.[1], welch.ci95[1], `${key} upper bound`);
    expectNear(comparison?.pValue, welch.p_two_sided, `${key} p-value`);
  };

  const linesOf = (rows: readonly EventRow[], metrics: (row: EventRow) => object) =>
    rows.map((row) => ({
      unit: row.unit_id,
      variant: row.arm,
      at: row.ts,
      id: 'answer',
      metrics: metrics(row),
    }));

  it('equals Welch’s test on right and wrong answers, and on their tokens', async () => {
    const variants = ['gpt3-175b_finetuning', 'gpt3-175b_verification'] as const;
    const rows = readRows<EventRow>('experiments/gsm8k-experiments.jsonl.gz');
    const lines = linesOf(rows, ({ metric, output_tokens }) => ({ correct: metric, output_tokens }));
    const report = await importTwice('gsm8k-verifier', variants, ['correct', 'output_tokens'], lines);
    expectWelch(report, 'correct', variants, gsm8k.cuped.raw);
    expectWelch(report, 'output_tokens', variants, gsm8k.output_tokens);
    expectNear(report.health.srm.pValue, gsm8k.result.srm_p_equal, 'sample ratio p-value');
    expect(report.health).toMatchObject({ exposed: 655, outcomes: 655, multipleExposures: 0 });
  }, 180_000);

  it('equals Welch’s test on scores from 1 to 10, and on the length of answers', async () => {
    const variants = ['gemma-2b-it', 'gemma-7b-it'] as const;
    const rows = readRows<EventRow>('experiments/wildbench-experiments.jsonl.gz');
    const lines = linesOf(rows, ({ metric, output_chars }) => ({ quality_score: metric, output_chars }));
    const report = await importTwice(
      'wildbench-gemma-size',
      variants,
      ['quality_score', 'output_chars'],
      lines,
    );
    expectWelch(report, 'quality_score', variants, wildbench.result);
    expectWelch(report, 'output_chars', variants, wildbench.guardrail_output_chars);
    expect(report.health).toMatchObject({ exposed: 1_021, outcomes: 1_021, multipleExposures: 0 });
  }, 180_000);

  it('takes the two turns of a question as one cluster', async () => {
    const [mixtral, gpt4] = ['mistralai/Mixtral-8x7B-Instruct-v0.1', 'gpt-4-1106-preview'] as const;
    // A key of a variant holds no slash.
    const variants = ['mixtral-8x7b', gpt4] as const;
    const start = Date.parse('2025-01-06T00:00:00Z');
    const rows = readRows<AnswerRow>('llm-replay/mt-bench-odd-questions.jsonl.gz');
    const lines = rows.map((row) => ({
      unit: `${row.variant}/${row.prompt_id}`.replace(/-t[12]$/, ''),
      variant: row.variant === mixtral ? variants[0] : row.variant,
      at: new Date(start + row.turn * 60_000).toISOString(),
      id: row.record_id,
      metrics: { quality_score: row.score },
    }));
    const report = await importTwice('mt-bench', variants, ['quality_score'], lines);
    const metric = metricOf(report, 'quality_score');
    const clustered = expected.mt_bench.clustered_by_question;
    const [comparison] = metric.comparisons;
    expectNear(metric.variants[0]?.mean, expected.mt_bench.means[mixtral] ?? Number.NaN, 'mean of Mixtral');
    expectNear(metric.variants[1]?.mean, expected.mt_bench.means[gpt4] ?? Number.NaN, 'mean of GPT-4');
    expect(metric.variants.map(({ units, events }) => [units, events])).toEqual([
      [40, 80],
      [40, 80],
    ]);
    expectNear(comparison?.difference, clustered.diff, 'difference');
    expectNear(comparison?.standardError, clustered.se_delta_method_ratio, 'standard error by clusters');
  }, 180_000);
});

describe('the sample ratio check on 1,430 headline tests', () => {
  const rows = readRows<UpworthyRow>('ab-tests/upworthy-tests.jsonl.gz');
  const known = new Map(
    readRows<UpworthyExpectedRow>('ab-tests/upworthy-expected.jsonl.gz').map((row) => [row.test_id, row]),
  );
  const judged = rows.map(({ test_id, arms }) => {
    const units = arms.map(({ impressions }) => impressions);
    const check = sampleRatioChiSquare([{ weights: units.map(() => 1 / units.length), units }]);
    return { test: known.get(test_id), pValue: check.status === 'ok' ? check.pValue : Number.NaN };
  });

  it('gives the p-value of each', () => {
    expect(judged).toHaveLength(expected.upworthy.tests);
    // Below 1e-300 the reference has only zeros and subnormal numbers left.
    for (const { test, pValue } of judged.filter((each) => (each.test?.srm_p ?? 1) > 1e-300))
      expectNear(pValue, test?.srm_p ?? Number.NaN, test?.test_id ?? '');
  });

  it('finds as many mismatches in the months of broken randomisation, and outside of them', () => {
    const mismatches = judged.filter(({ pValue }) => pValue < 0.001);
    const bad = mismatches.filter(({ test }) => test?.known_bad_period).length;
    expect({ bad_period: bad, other: mismatches.length - bad }).toEqual(
      expected.upworthy.srm_count_p_lt_0_001,
    );
  });
});
