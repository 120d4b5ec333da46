import { steadyArrival } from '../../../src/analysis/planning/arrival.js';
import { guardrailLights, guardrailName } from '../../../src/dashboard/overview/guardrail-lights.js';
import { overviewItem } from '../../../src/dashboard/overview/overview.js';
import { overviewFigures } from '../../../src/dashboard/overview/overview-figures.js';
import { dayOf, daysLeft, plannedTotal } from '../../../src/dashboard/overview/progress.js';
import { isStale } from '../../../src/dashboard/overview/staleness.js';
import { defaultGuardrails, type Guardrail } from '../../../src/experiments/guardrail.js';
import type { GuardrailVerdict } from '../../../src/guardrails/verdict.js';
import { experimentWith, firstEpoch, variant } from '../../bucketing/experiment-fixtures.js';
import { metricWith } from '../../analysis/metric-fixtures.js';
import { planned, ratingReport, threeWeeksIn } from '../../analysis/report-fixtures.js';

const dayAfterStart = (days: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + days * 86_400_000);

describe('the progress of an experiment', () => {
  it('counts days from the start on, and stops where the experiment ended', () => {
    expect(dayOf(experimentWith({ startedAt: null }), dayAfterStart(3))).toBe(0);
    expect(dayOf(experimentWith(), dayAfterStart(0))).toBe(1);
    expect(dayOf(experimentWith(), dayAfterStart(1.5))).toBe(2);
    expect(dayOf(experimentWith({ endsAt: dayAfterStart(2.5) }), dayAfterStart(40))).toBe(3);
  });

  it('needs as many units as give the smallest variant its planned number', () => {
    const plan = { unitsPerVariant: 500 };
    expect(plannedTotal(planned({}, plan), undefined)).toBe(1_000);
    const uneven = planned({}, plan, { variants: [variant('control', 90), variant('treatment', 10)] });
    expect(plannedTotal(uneven, undefined)).toBe(5_000);
    expect(plannedTotal(planned(), undefined)).toBeNull();
  });

  it('takes the days that the missing units need, and the window of the last of them', () => {
    const experiment = planned({}, { minimumDays: 1, maximumDays: 60 });
    const pace = { arrival: steadyArrival(100), now: dayAfterStart(10) };
    // 600 missing at 100 a day are 6 days; the window is 7.
    expect(daysLeft(experiment, { units: 400, unitsNeeded: 1_000 }, pace)).toBe(13);
    expect(daysLeft({ ...experiment, coverage: 50 }, { units: 400, unitsNeeded: 1_000 }, pace)).toBe(19);
    expect(daysLeft(experiment, { units: 1_000, unitsNeeded: 1_000 }, pace)).toBe(0);
  });

  it('is held between the least and the longest time of the plan', () => {
    const experiment = planned({}, { minimumDays: 14, maximumDays: 60 });
    const pace = { arrival: steadyArrival(1), now: dayAfterStart(10) };
    expect(daysLeft(experiment, { units: 1_000, unitsNeeded: 1_000 }, pace)).toBe(4);
    expect(daysLeft(experiment, { units: 0, unitsNeeded: 1_000 }, pace)).toBe(50);
    expect(daysLeft(experiment, { units: 0, unitsNeeded: 1_000 }, { ...pace, arrival: null })).toBe(50);
  });

  it('is unknown where nothing says how many units it takes, or nothing runs', () => {
    const pace = { arrival: steadyArrival(1), now: dayAfterStart(10) };
    expect(daysLeft(planned(), { units: 1, unitsNeeded: null }, pace)).toBeNull();
    expect(daysLeft(planned({}, {}, { status: 'paused' }), { units: 1, unitsNeeded: 10 }, pace)).toBeNull();
  });

  it('goes by the hours of a first day that is not over', () => {
    const experiment = planned({ window: 'PT1H' }, { minimumDays: 0 });
    const arrival = { perDay: [50], afterwards: 50, origin: '' };
    // 50 units in a quarter of a day are 200 a day: 400 missing take 2 days and the hour of the window.
    const pace = { arrival, now: dayAfterStart(0.25) };
    expect(daysLeft(experiment, { units: 50, unitsNeeded: 450 }, pace)).toBe(3);
  });
});

describe('the lights of guardrails', () => {
  const [error] = defaultGuardrails as [Guardrail];
  const verdict = (status: GuardrailVerdict['status'], units: number): GuardrailVerdict =>
    ({ guardrail: error, status, units }) as GuardrailVerdict;
  const state = (...verdicts: GuardrailVerdict[]) => guardrailLights([error], verdicts)[0]?.state;

  it('show the worst of the variants', () => {
    expect(state(verdict('ok', 10), verdict('breached', 10))).toBe('breached');
    expect(state(verdict('ok', 10), verdict('insufficient', 0))).toBe('unclear');
    expect(state(verdict('ok', 10), verdict('ok', 10))).toBe('quiet');
    expect(state(verdict('insufficient', 0), verdict('insufficient', 0))).toBe('no-data');
    expect(state()).toBe('no-data');
  });

  it('name the harm that they watch for', () => {
    expect(defaultGuardrails.map(guardrailName)).toEqual([
      'error above 0.1',
      'latency_ms p95 above 5000',
      'user_rating below 3',
    ]);
    const beside: Guardrail = {
      metric: 'cost_usd',
      worseThanControlBy: 0.07,
      relative: true,
      action: 'warn',
    };
    expect(guardrailName(beside)).toBe('cost_usd worse than control by 7 %');
  });
});

describe('figures of the overview', () => {
  const figuresOf = (mean: number, changes = {}) => {
    const experiment = planned({ minimumEffect: 0.1 }, { unitsPerVariant: null, minimumDays: 7 }, changes);
    const report = ratingReport(experiment, [3_000, 4, 1], [3_000, mean, 1]);
    return overviewFigures({
      experiment,
      report,
      verdicts: [],
      arrival: steadyArrival(100),
      unitsByEffect: 8_000,
      metricOf: () => metricWith({ key: 'user_rating', unit: 'stars' }),
      now: threeWeeksIn,
    });
  };

  it('say that a clear winner is better, in the unit of its metric', () => {
    const { primary, units, progress, recommendation } = figuresOf(4.3);
    expect(primary).toMatchObject({
      metric: 'user_rating',
      unit: 'stars',
      direction: 'increase',
      variant: 'treatment',
      significant: true,
      decided: 'better',
    });
    expect(primary?.difference).toBeCloseTo(0.3, 10);
    expect(primary?.relative).toBeCloseTo(0.075, 10);
    expect(primary?.interval?.[0]).toBeGreaterThan(0.2);
    expect(primary?.sequentialInterval?.[0]).toBeLessThan(primary?.interval?.[0] ?? 0);
    expect(units).toEqual({ control: 3_000, treatment: 3_000 });
    // 2,000 missing at 100 a day, and a window of a week.
    expect(progress).toEqual({ units: 6_000, unitsNeeded: 8_000, day: 22, daysLeft: 27 });
    expect(recommendation?.action).toBe('SHIP');
  });

  it('say that a clear loser is worse, and leave open what chance can explain', () => {
    expect(figuresOf(3.7).primary).toMatchObject({ significant: true, decided: 'worse' });
    expect(figuresOf(4.01).primary).toMatchObject({ significant: false });
    expect(figuresOf(4.05).primary).toMatchObject({ significant: false, decided: null });
  });

  it('are about the best of several candidates', () => {
    const variants = [variant('control'), variant('treatment'), variant('third')];
    const { primary } = figuresOf(4.3, { variants });
    expect(primary?.variant).toBe('treatment');
  });
});

describe('an item of the overview', () => {
  const now = dayAfterStart(1);

  it('shows weights in force as shares, and figures of none as of no instant', () => {
    const experiment = experimentWith({ variants: [variant('control', 3), variant('treatment', 1)] });
    const draft = overviewItem({ experiment, epochs: [] }, { figures: null, fault: null }, null, now);
    expect(draft).toMatchObject({
      variants: [
        { key: 'control', weight: 0.75, units: 0 },
        { key: 'treatment', weight: 0.25, units: 0 },
      ],
      primary: null,
      recommendation: null,
      lastDecision: null,
      asOf: null,
      progress: { day: 2, unitsNeeded: null, daysLeft: null },
    });
    const epoch = firstEpoch(experiment, { weights: { control: 0.2, treatment: 0.8 } });
    const started = overviewItem({ experiment, epochs: [epoch] }, { figures: null, fault: null }, null, now);
    expect(started.variants.map(({ weight }) => weight)).toEqual([0.2, 0.8]);
  });
});

describe('figures that are kept', () => {
  const running = experimentWith({ version: 3 });
  const later = new Date(running.updatedAt.getTime() + 86_400_000);
  const aged = (age: number) => ({ version: 3, age });

  it('are read again after 15 s while it runs, and after five minutes once it is over', () => {
    const concluded = { ...running, status: 'concluded' } as const;
    expect(isStale(running, aged(14_999), later, 100)).toBe(false);
    expect(isStale(running, aged(15_000), later, 100)).toBe(true);
    expect(isStale(concluded, aged(299_999), later, 100)).toBe(false);
    expect(isStale(concluded, aged(300_000), later, 100)).toBe(true);
  });

  it('are read again after 15 s for ten minutes after its end, while what was under way is counted', () => {
    const killed = { ...running, status: 'killed' } as const;
    const after = (milliseconds: number) => new Date(running.updatedAt.getTime() + milliseconds);
    expect(isStale(killed, aged(15_000), after(599_999), 100)).toBe(true);
    expect(isStale(killed, aged(15_000), after(600_000), 100)).toBe(false);
  });

  it('are read again at once where the experiment changed, and never where it has not begun', () => {
    expect(isStale(running, { version: 2, age: 1 }, later, 100)).toBe(true);
    expect(isStale(running, undefined, later, 100)).toBe(true);
    expect(isStale(experimentWith({ status: 'draft', startedAt: null }), undefined, later, 100)).toBe(false);
  });

  it('take a tenth of the time at most', () => {
    expect(isStale(running, aged(49_999), later, 5_000)).toBe(false);
    expect(isStale(running, aged(50_000), later, 5_000)).toBe(true);
  });
});
