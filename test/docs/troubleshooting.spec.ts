import { assembleReport, noRecordedLooks, takeLook, type LooksSoFar } from '../../src/analysis/report.js';
import { defaultGuardrails } from '../../src/experiments/guardrail.js';
import { guardrailVerdicts } from '../../src/guardrails/guardrail-verdicts.js';
import { studentUpperQuantile } from '../../src/statistics/distributions.js';
import { binaryMoments } from '../allocation/fixtures.js';
import { dataWith, metricWith } from '../analysis/metric-fixtures.js';
import { pair, planned, rating, sourcesOf } from '../analysis/report-fixtures.js';
import { startSymptomServer, type SymptomServer } from './symptom-server.fixture.js';
import { symptoms } from './symptoms.js';

const day = 86_400_000;
const warningsOf = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

describe('the symptoms that need a server', () => {
  let server: SymptomServer;
  beforeAll(async () => {
    server = await startSymptomServer();
  });
  afterAll(() => server.close());

  describe(symptoms.variants, () => {
    it('one id keeps its variant, whatever happens to the weights', async () => {
      await server.start('lasting');
      const units = Array.from({ length: 40 }, (_, index) => `user-${index}`);
      const variantsNow = async () => {
        const found: string[] = [];
        for (const unit of units) found.push((await server.assign('lasting', unit)).variant);
        return found;
      };
      const before = await variantsNow();
      await server.drained();
      const weights = { control: 10, treatment: 90 };
      const moved = await server.call('PUT', '/v1/experiments/lasting/allocation', {
        mode: 'fixed',
        weights,
      });
      expect(moved.status).toBe(200);
      expect(await variantsNow()).toEqual(before);
      expect((await server.results('lasting')).health.multipleExposures).toBe(0);
    });

    it('one id that met two variants is counted, and the data are not decided on', async () => {
      await server.create('switching', { source: 'imported' });
      // Two of a hundred units come back as the other variant.
      const lines = Array.from({ length: 102 }, (_, line) => ({
        unit: `user-${line % 100}`,
        variant: (line < 100 ? line : line + 1) % 2 === 0 ? 'control' : 'treatment',
        at: new Date(Date.parse('2026-01-05T00:00:00Z') + line * 60_000).toISOString(),
        id: `line-${line}`,
        metrics: { user_rating: 1 + (line % 5) },
      }));
      const text = lines.map((line) => JSON.stringify(line)).join('\n');
      expect((await server.call('POST', '/v1/experiments/switching/import', text)).status).toBe(202);
      const { health, recommendation } = await server.results('switching');
      expect(health.multipleExposures).toBe(2);
      expect(warningsOf(health)).toContain('MULTIPLE_EXPOSURES');
      expect(recommendation).toMatchObject({ action: 'FIX_DATA', reason: expect.stringContaining('2 %') });
    });

    it('two ids of one person are two units, and outcomes under an unknown one are refused', async () => {
      await server.start('sessions');
      await server.assign('sessions', 'session-of-monday');
      await server.assign('sessions', 'session-of-tuesday');
      const sent = await server.send([
        { id: 'o1', experiment: 'sessions', unit: 'user-ann', metrics: { user_rating: 5 } },
      ]);
      expect(sent.body).toMatchObject({ accepted: 0, results: [{ code: 'NEVER_EXPOSED' }] });
      const { health } = await server.results('sessions');
      expect(health).toMatchObject({ exposed: 2, neverExposed: 1 });
      expect(warningsOf(health)).toContain('NEVER_EXPOSED');
    });
  });

  describe(symptoms.memory, () => {
    it('there is no Redis, and ten times the outcomes are as many rows of totals', async () => {
      const { body } = await server.call('GET', '/health');
      expect(body).toMatchObject({ status: 'ok' });
      expect(Object.keys(body.info)).not.toContain('redis');
      await server.start('busy');
      const units = Array.from({ length: 20 }, (_, index) => `user-${index}`);
      for (const unit of units) await server.assign('busy', unit);
      const more = (from: number, to: number) =>
        units.flatMap((unit) =>
          Array.from({ length: to - from }, (_, index) => ({
            id: `o${from + index}`,
            experiment: 'busy',
            unit,
            metrics: { user_rating: 1 + (index % 5), latency_ms: 100 + index },
          })),
        );
      const rows = () => server.rowsOfTotals('busy');
      expect((await server.send(more(0, 5))).body.accepted).toBe(100);
      const before = await rows();
      expect(before).toBeGreaterThan(0);
      expect((await server.send(more(5, 50))).body.accepted).toBe(900);
      expect(await rows()).toBe(before);
      const { metrics } = await server.results('busy');
      const events = (metrics[0].variants as { events: number }[]).map((variant) => variant.events);
      expect(events.reduce((sum, count) => sum + count, 0)).toBe(1_000);
    });
  });

  describe(symptoms.addition, () => {
    it('a running experiment takes no further variant, and a clone does', async () => {
      await server.start('locked');
      const first = await server.assign('locked', 'user-1');
      const three = [{ key: 'control' }, { key: 'treatment' }, { key: 'treatment_b' }];
      const refused = await server.call('PATCH', '/v1/experiments/locked', { variants: three });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'EXPERIMENT_LOCKED', detail: expect.stringContaining('/clone') },
      });
      expect((await server.assign('locked', 'user-1')).variant).toBe(first.variant);
      const cloned = await server.call('POST', '/v1/experiments/locked/clone', { key: 'locked_2' });
      expect(cloned).toMatchObject({ status: 201, body: { status: 'draft' } });
      const widened = await server.call('PATCH', `/v1/experiments/${cloned.body.key}`, { variants: three });
      expect(widened.body.variants).toHaveLength(3);
    });
  });

  describe(symptoms.errors, () => {
    it('ratings of errored interactions are left out, whichever came first', async () => {
      await server.start('errors');
      const { variant } = await server.assign('errors', 'user-1');
      const about = (id: string, interaction: string, metrics: object) => ({
        id,
        experiment: 'errors',
        unit: 'user-1',
        interaction,
        metrics,
      });
      await server.send([
        about('o1', 'answer-1', { user_rating: 5 }),
        about('o2', 'answer-2', { user_rating: 1 }),
        about('o3', 'answer-2', { error: 1 }),
        about('o4', 'answer-3', { error: 1 }),
        about('o5', 'answer-3', { user_rating: 1 }),
      ]);
      server.advance(3 * day);
      const { metrics } = await server.results('errors');
      const figures = (key: string) =>
        metrics
          .find((metric: { key: string }) => metric.key === key)
          .variants.find((row: { key: string }) => row.key === variant);
      expect(figures('user_rating')).toMatchObject({ events: 1, mean: 5 });
      expect(figures('error')).toMatchObject({ events: 2, mean: 1 });
    });
  });
});

describe(symptoms.significance, () => {
  /** The reference article's: significant on the third day, not on the fourth, again on the fifth. */
  const pValues = [0.3, 0.12, 0.042, 0.067, 0.038];
  const perDay = 400;

  /** A report a day whose p-value of one look is the given one. */
  const lookDaily = () => {
    let looks: LooksSoFar = noRecordedLooks;
    const experiment = planned({ minimumEffect: 0.05 });
    return pValues.map((pValue, index) => {
      const units = perDay * (index + 1);
      // Of two means of variance 1: t = difference / √(2 / units), with 2 (units − 1) degrees of freedom.
      const difference = studentUpperQuantile(pValue / 2, 2 * (units - 1)) * Math.sqrt(2 / units);
      const data = dataWith(pair([units, 3.6, 1], [units, 3.6 + difference, 1]), rating);
      const now = new Date(Date.parse('2026-01-06T00:00:00Z') + index * day);
      const { report, memory } = takeLook(sourcesOf(experiment, [data], { looks, now }), true);
      looks = { ...noRecordedLooks, recorded: index + 1, lastAt: now, memory };
      return report;
    });
  };

  it('pValue flickers, sequential.pValue never rises, and nothing is called', () => {
    const reports = lookDaily();
    const comparisons = reports.flatMap((report) => report.metrics[0]?.comparisons ?? []);
    comparisons.forEach(({ pValue }, index) => expect(pValue).toBeCloseTo(pValues[index] ?? 1, 9));
    const repeated = comparisons.map(({ sequential }) => sequential?.pValue ?? NaN);
    repeated.slice(1).forEach((pValue, index) => expect(pValue).toBeLessThanOrEqual(repeated[index] ?? 0));
    expect(comparisons.map(({ significant }) => significant)).toEqual(pValues.map(() => false));
    expect(new Set(reports.map(({ recommendation }) => recommendation.action))).toEqual(
      new Set(['CONTINUE']),
    );
  });
});

describe(symptoms.errors, () => {
  const error = metricWith({ key: 'error', direction: 'decrease', category: 'reliability', min: 0, max: 1 });
  /** The reference article's rates: 12.3 % with the treatment, 0.8 % with the control. */
  const rates = { control: 0.008, treatment: 0.123 };
  const moments = (rate: number, units: number) => binaryMoments(Math.round(rate * units), units);

  it('the guardrail on errors pauses the one variant once its rate is surely above a tenth', () => {
    const experiment = planned({}, {}, { guardrails: defaultGuardrails });
    const verdictsAt = (units: number) =>
      guardrailVerdicts(
        experiment,
        {
          totals: (['control', 'treatment'] as const).map((variant) => ({
            variant,
            metric: 'error',
            epoch: 1,
            day: '2026-01-05',
            moments: moments(rates[variant], units),
          })),
          evidence: null,
          overrides: [],
        },
        (key) => (key === 'error' ? error : undefined),
      ).filter(({ metric }) => metric === 'error');
    const statuses = (units: number) => verdictsAt(units).map(({ status }) => status);
    // Above a tenth from the first hundred on, but not surely: chance alone does that.
    expect(statuses(200)).toEqual(['ok', 'ok']);
    expect(statuses(5_000)).toEqual(['ok', 'breached']);
    expect(verdictsAt(5_000)[1]).toMatchObject({
      guardrail: { action: 'pause' },
      side: 'above',
      threshold: 0.1,
    });
  });

  it('better ratings do not make up for more errors, also below the bound', () => {
    const guardrails = [{ metric: 'error', above: 0.2, action: 'pause' }] as const;
    const experiment = planned({ minimumEffect: 0.1 }, {}, { guardrails });
    const ratings = dataWith(pair([2_000, 3.6, 1], [2_000, 4, 1]), rating);
    const errors = dataWith(
      (['control', 'treatment'] as const).map((variant) => {
        return { variant, exposed: 2_000, moments: moments(rates[variant], 2_000), rows: null };
      }),
      error,
      'guardrail',
    );
    const without = assembleReport(sourcesOf(experiment, [ratings]));
    expect(without.recommendation).toMatchObject({ action: 'SHIP', variant: 'treatment' });
    const { recommendation, metrics } = assembleReport(sourcesOf(experiment, [ratings, errors]));
    expect(metrics[1]?.variants.map(({ mean }) => mean)).toEqual([0.008, 0.123]);
    expect(recommendation).toMatchObject({
      action: 'KEEP_CONTROL',
      variant: 'control',
      reason: expect.stringContaining('a guardrail is crossed'),
    });
    expect(recommendation.evidence.join(' ')).toContain('error: worse with treatment than with control');
  });

  it('units of one variant that stop answering are warned of', () => {
    const [control, treatment] = pair([1_900, 3.6, 1], [1_600, 3.7, 1]);
    const both = [control, treatment].flatMap((variant) => (variant ? [{ ...variant, exposed: 2_000 }] : []));
    const { health } = assembleReport(sourcesOf(planned(), [dataWith(both, rating)]));
    expect(warningsOf(health)).toContain('UNEVEN_RESPONSE');
  });
});
