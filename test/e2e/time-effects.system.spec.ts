import { startServer, type StartedServer } from './server.fixture.js';

const hour = 3_600_000;
const day = 24 * hour;
const key = 'exp_time';

/** What a unit was given, and on which day it came. */
interface Met {
  readonly unit: string;
  readonly variant: string | null;
  readonly number: number;
  /** Number of that day. */
  readonly index: number;
  readonly at: Date;
}

/** A rating between 1 and 5: one star more for the treatment, but only on the day of the first exposure. */
function rating({ variant, number, index }: Met, since: number): number {
  return 2 + ((number + since * index) % 3) + (variant === 'treatment' && since === 0 ? 1 : 0);
}

describe('effects that move with time, over HTTP', () => {
  let server: StartedServer;
  const met: Met[] = [];

  const results = async () => (await server.call('GET', `/v1/experiments/${key}/results/time`)).body;
  const report = (unit: Met, since: number) => ({
    id: `${unit.unit}:${since}`,
    experiment: key,
    unit: unit.unit,
    at: new Date(unit.at.getTime() + since * day + hour).toISOString(),
    metrics: { user_rating: rating(unit, since) },
  });
  const assign = async (unit: string, number: number, index: number): Promise<Met> => {
    const { body } = await server.call('POST', '/v1/assignments', { experiment: key, unit });
    return { unit, number, index, variant: body.variant, at: server.now() };
  };
  const send = async (outcomes: readonly unknown[]) => {
    const sent = await server.call('POST', '/v1/outcomes', { outcomes });
    expect(sent).toMatchObject({ status: 202, body: { accepted: outcomes.length } });
  };

  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      holdback: 25,
      variants: [
        { key: 'control', config: { systemPrompt: 'A' } },
        { key: 'treatment', config: { systemPrompt: 'B' } },
      ],
      metrics: { primary: ['user_rating', 'cost_per_success'], window: 'P2D' },
    });
    await server.call('POST', `/v1/experiments/${key}/start`);
  });
  afterAll(() => server.close());

  it('say nothing before anything is known', async () => {
    const [first, ratio] = (await results()).effects;
    expect(first).toMatchObject({ metric: 'user_rating', novelty: null, weekdays: [], drift: null });
    expect(first.reasons).toHaveLength(3);
    expect(ratio.reasons[0]).toMatch(/a ratio of two metrics has no outcomes of its own/);
    expect(await results()).toMatchObject({ holdback: [], warnings: [], weekdaysSeen: [] });
  });

  it('are read from what was sent, day by day, after 15 days', async () => {
    for (let index = 0; index < 15; index += 1) {
      const today: Met[] = [];
      for (let number = 0; number < 36; number += 1)
        today.push(await assign(`user-${index}-${number}`, number, index));
      met.push(...today);
      server.advance(3 * hour);
      await send(today.map((unit) => report(unit, 0)));
      server.advance(day - 3 * hour);
    }
    server.advance(2 * day);
    await send(met.map((unit) => report(unit, 1)));
    const { effects, warnings, weekdaysSeen } = await results();
    const [{ novelty, drift }] = effects;
    const mean = (variant: string, since: number) => {
      const own = met.filter((unit) => unit.variant === variant);
      return own.reduce((sum, unit) => sum + rating(unit, since), 0) / own.length;
    };
    expect(novelty.days).toHaveLength(2);
    for (const since of [0, 1]) {
      expect(novelty.days[since].difference).toBeCloseTo(
        mean('treatment', since) - mean('control', since),
        9,
      );
      expect(novelty.days[since].units).toBe(met.filter(({ variant }) => variant !== null).length);
    }
    expect(novelty).toMatchObject({ test: 'slope', fading: true, growing: false });
    const change = novelty.days[1].difference - novelty.days[0].difference;
    expect(novelty.slope).toBeCloseTo(change, 9);
    expect(novelty.change.difference).toBeCloseTo(change, 9);
    expect(drift.weeks.slice(0, 2).map(({ days }: { days: number }) => days)).toEqual([7, 7]);
    expect(weekdaysSeen).toHaveLength(7);
    // One run in a hundred says more: that is the level of the alarms.
    const said = warnings.find(({ code }: { code: string }) => code === 'NOVELTY');
    expect(said.message).toMatch(
      /^user_rating, treatment: the effect was .* on the day of the first exposure and .* afterwards/,
    );
  }, 60_000);

  it('compare everyone with the holdback, also once a variant has been shipped', async () => {
    const before = await results();
    const mean = (units: readonly Met[]) =>
      units.reduce((sum, unit) => sum + rating(unit, 0) + rating(unit, 1), 0) / (2 * units.length);
    const heldBack = met.filter(({ variant }) => variant === null);
    const others = met.filter(({ variant }) => variant !== null);
    const [everyone] = before.holdback;
    expect(everyone).toMatchObject({ metric: 'user_rating', phase: 0, variant: '$everyone', reason: null });
    expect(everyone.units).toEqual([heldBack.length, others.length]);
    expect(everyone.difference).toBeCloseTo(mean(others) - mean(heldBack), 9);
    expect(everyone.interval[0]).toBeLessThan(everyone.difference);
    await server.call('POST', `/v1/experiments/${key}/conclude`, { variant: 'treatment' });
    server.advance(day);
    const late: Met[] = [];
    for (let number = 0; number < 160; number += 1) late.push(await assign(`late-${number}`, number, 20));
    expect(new Set(late.map(({ variant }) => variant))).toEqual(new Set(['treatment', null]));
    server.advance(3 * hour);
    await send(late.map((unit) => report(unit, 0)));
    server.advance(4 * day);
    const after = await results();
    const tested = after.holdback.filter(({ phase }: { phase: number }) => phase === 0);
    expect(tested).toEqual(before.holdback);
    const [since] = after.holdback.filter(({ phase }: { phase: number }) => phase > 0);
    expect(since).toMatchObject({ metric: 'user_rating', phase: 1, variant: '$everyone', reason: null });
    const lateMean = (units: readonly Met[]) =>
      units.reduce((sum, unit) => sum + rating(unit, 0), 0) / units.length;
    const [lateHeldBack, shipped] = [true, false].map((held) =>
      late.filter(({ variant }) => (variant === null) === held),
    ) as [Met[], Met[]];
    expect(since.units).toEqual([lateHeldBack.length, shipped.length]);
    expect(since.difference).toBeCloseTo(lateMean(shipped) - lateMean(lateHeldBack), 9);
  });

  it('take no parameters, and need an experiment', async () => {
    const asOf = await server.call('GET', `/v1/experiments/${key}/results/time?asOf=2026-01-01T00:00:00Z`);
    expect(asOf).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    const missing = await server.call('GET', '/v1/experiments/nobody/results/time');
    expect(missing).toMatchObject({ status: 404, body: { code: 'EXPERIMENT_NOT_FOUND' } });
  });
});
