import { steadyArrival } from '../../../src/analysis/planning/arrival.js';
import { PastOutlook } from '../../../src/analysis/planning/past-outlook.service.js';
import type { PastBaseline, PastDataService } from '../../../src/analysis/planning/past-data.service.js';
import type { CatalogueService } from '../../../src/catalogue/catalogue.service.js';
import { DraftOutlooks } from '../../../src/experiments/draft-outlooks.service.js';
import type { Experiment } from '../../../src/experiments/experiment.js';
import type { RegistryService } from '../../../src/experiments/registry.service.js';
import { metricWith } from '../metric-fixtures.js';
import { planned } from '../report-fixtures.js';
import { baselineWith } from './planning-fixtures.js';

/** What each experiment has shown; the default is a rating from 4,000 units, with 10 new units a day. */
class FakePast {
  readonly asked: string[] = [];

  constructor(private readonly units: Readonly<Record<string, number>> = {}) {}

  baseline({ key }: Experiment): Promise<PastBaseline> {
    this.asked.push(key);
    return Promise.resolve({ baseline: baselineWith(), units: this.units[key] ?? 4_000 });
  }

  arrival() {
    return Promise.resolve(steadyArrival(10));
  }
}

const metrics = [metricWith(), metricWith({ key: 'cost_usd', category: 'cost' })];

function outlookOn(
  earlier: readonly Experiment[],
  past = new FakePast(),
): { outlook: PastOutlook; past: FakePast } {
  const registry = { list: () => earlier.map((experiment) => ({ experiment, epochs: [] })) };
  const catalogue = {
    get: (key: string) => metrics.filter((metric) => metric.key === key).map((metric) => ({ metric }))[0],
  };
  const outlook = new PastOutlook(
    new DraftOutlooks(),
    registry as unknown as RegistryService,
    catalogue as unknown as CatalogueService,
    past as unknown as PastDataService,
  );
  return { outlook, past };
}

const draft = planned({ minimumEffect: 0.1 }, {}, { key: 'next', status: 'draft', startedAt: null });
const before = (key: string, changes: Partial<Experiment> = {}) => planned({}, {}, { key, ...changes });

describe('the outlook of a draft by earlier experiments', () => {
  it('warns of an effect that is out of reach, with the time it takes and what can be found instead', async () => {
    const { outlook } = outlookOn([before('exp_v1')]);
    const [warning, ...others] = await outlook.warnings(draft);
    expect(others).toEqual([]);
    expect(warning?.code).toBe('CANNOT_CONCLUDE');
    // 2 × 1571 units × 1.042 for planned looks at 10 a day are 328 days, and a week of window: 48 weeks.
    expect(warning?.message).toMatch(
      /^Going by exp_v1, .* takes 1,63\d units per variant, 3,27\d in all: 336 days at this arrival, but maximumDays is 60\. In 56 days a difference of 0\.2/,
    );
  });

  it('says nothing of an effect within reach', async () => {
    const { outlook } = outlookOn([before('exp_v1')]);
    const easy = { ...draft, metrics: { ...draft.metrics, minimumEffect: 0.5 } };
    expect(await outlook.warnings(easy)).toEqual([]);
  });

  it('says nothing, and asks nobody, without an effect that is about the first primary metric', async () => {
    const { outlook, past } = outlookOn([before('exp_v1')]);
    const cost = { ...draft, metrics: { ...draft.metrics, primary: ['cost_usd'] } };
    const unknown = { ...draft, metrics: { ...draft.metrics, primary: ['nonsense'] } };
    for (const silent of [planned({}, {}, { key: 'next' }), cost, unknown, { ...draft, demonstration: true }])
      expect(await outlook.warnings(silent)).toEqual([]);
    expect(past.asked).toEqual([]);
  });

  it('goes by the latest experiment with the metric and the unit that has a hundred units', async () => {
    const day = (number: number) => new Date(Date.UTC(2026, 0, number));
    const past = new FakePast({ latest: 99 });
    const { outlook } = outlookOn(
      [
        before('oldest', { startedAt: day(1) }),
        before('later', {
          startedAt: day(5),
          metrics: { ...draft.metrics, primary: ['x'], secondary: ['user_rating'] },
        }),
        before('latest', { startedAt: day(9) }),
        before('of_tenants', { startedAt: day(10), unit: 'tenant' }),
        before('of_another_metric', { startedAt: day(10), metrics: { ...draft.metrics, primary: ['x'] } }),
        before('a_demonstration', { startedAt: day(10), demonstration: true }),
        before('another_draft', { startedAt: null }),
        before('next', { startedAt: day(10) }),
      ],
      past,
    );
    expect((await outlook.warnings(draft))[0]?.message).toContain('Going by later,');
    expect(past.asked).toEqual(['latest', 'later']);
  });

  it('counts imported experiments by when they were created, and asks three at most', async () => {
    const past = new FakePast({ a: 0, b: 0, c: 0 });
    const createdAt = (hour: number) => new Date(Date.UTC(2026, 0, 5, hour));
    const imported = { source: 'imported' as const, startedAt: null };
    const { outlook } = outlookOn(
      [before('d', { ...imported, createdAt: createdAt(1) })].concat(
        ['c', 'b', 'a'].map((key, place) => before(key, { ...imported, createdAt: createdAt(2 + place) })),
      ),
      past,
    );
    expect(await outlook.warnings(draft)).toEqual([]);
    expect(past.asked).toEqual(['a', 'b', 'c']);
  });

  it('warns of what there can be no plan for at all', async () => {
    const { outlook } = outlookOn([before('exp_v1')]);
    const hopeless = { ...draft, plan: { ...draft.plan, alpha: 0.5, power: 0.5 } };
    expect((await outlook.warnings(hopeless))[0]?.message).toContain('/power 0.5 is not above alpha 0.5');
  });
});
