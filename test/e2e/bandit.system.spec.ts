import { BanditJob } from '../../src/allocation/bandit.job.js';
import { banditScene, burnIn, definition, everyTenth, hour, minute } from './bandit.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('a bandit over REST', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());
  const { start, allocate, reallocate, actions, live } = banditScene(() => server);

  it('keeps what it is told, and names each thing that cannot be', async () => {
    const allocation = {
      mode: 'bandit',
      reward: { utility: { user_rating: 1, cost_usd: -20 } },
      burnIn: { unitsPerVariant: 50, rewards: 20, hours: 2 },
      maximumStep: 0.1,
      controlShare: 0.2,
      discount: 'on-drift',
    };
    await start('told', { mode: 'bandit', reward: 'task_completed' });
    expect(await allocate('told', allocation)).toMatchObject({
      status: 200,
      body: { allocation: { ...allocation, floor: 0.01, every: 'PT1H' } },
    });
    const refused = await allocate('told', {
      ...allocation,
      reward: { utility: { user_rating: -1, nothing: 1 } },
      controlShare: 0.89,
      floor: 0.2,
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/controlShare',
      '/reward/utility/nothing',
      '/reward/utility/user_rating',
    ]);
    const document = (await server.call('GET', '/docs/json')).body;
    const shape = JSON.stringify(document.components.schemas.SetAllocation);
    for (const field of [
      'utility',
      'subjectTo',
      'maximumStep',
      'controlShare',
      'discount',
      'objective',
      'onJump',
    ])
      expect(shape).toContain(`"${field}"`);
    const conditions = {
      maximise: 'user_rating',
      subjectTo: [{ metric: 'cost_usd', atMost: 1, atLeast: 0 }],
    };
    expect((await allocate('told', { mode: 'bandit', reward: conditions })).status).toBe(400);
  });

  it('chooses the best of the variants that keep the conditions, on quantiles too', async () => {
    const reward = {
      maximise: 'task_completed',
      subjectTo: [{ metric: 'ttft_ms', quantile: 0.95, atMost: 1500 }],
    };
    await start('conditions', { mode: 'bandit', reward, burnIn });
    await live('conditions', 'unit', 240, (variant, index) => ({
      task_completed: everyTenth(variant === 'treatment' ? 8 : 4, index),
      // The better variant is too slow for one unit in three.
      ttft_ms: variant === 'treatment' && index % 3 === 0 ? 4000 : 500,
    }));
    const step = await reallocate('conditions');
    expect(step).toMatchObject({ outcome: 'moved', evidence: { nothingFeasible: false } });
    expect(step.reason).toContain('keep the conditions');
    expect(step.evidence.weightsAfter.control).toBeGreaterThan(0.95);
    expect(step.evidence.probabilityBest.treatment).toBeLessThan(0.05);
  });

  it('lists a switch of modes among the deviations, with what it costs in precision', async () => {
    await start('switched', { mode: 'fixed' });
    const measured = (variant: string, index: number) => ({
      task_completed: everyTenth(variant === 'treatment' ? 9 : 2, index),
    });
    await live('switched', 'before', 200, measured);
    await allocate('switched', { mode: 'bandit', reward: 'task_completed', burnIn, floor: 0.05 });
    expect(await reallocate('switched')).toMatchObject({ outcome: 'moved' });
    await live('switched', 'after', 200, measured);
    await allocate('switched', { mode: 'fixed' });
    const { body } = await server.call('GET', '/v1/experiments/switched/results');
    const [switched] = body.deviations.filter(({ code }: { code: string }) => code === 'MODE_SWITCHED');
    expect(switched.message).toContain('switched to bandit on');
    expect(switched.message).toContain(', to fixed on');
    // Half of the units at 19 to 1: 2 / (1 + √(4 × 0.05 × 0.95)) = 1.39.
    expect(Number(/are (\d+) % wider/.exec(switched.message)?.[1])).toBeGreaterThan(34);
    expect(Number(/are (\d+) % wider/.exec(switched.message)?.[1])).toBeLessThan(44);
  });

  it('counts older units less once the drift test fires, and shows what they are worth', async () => {
    const weeks = { ...definition, metrics: { primary: 'task_completed', window: 'P1D' } };
    const allocation = {
      mode: 'bandit',
      reward: 'task_completed',
      burnIn,
      discount: 'on-drift',
      onJump: 'ignore',
    };
    await server.call('POST', '/v1/experiments', { ...weeks, key: 'drifting', allocation });
    await server.call('POST', '/v1/experiments/drifting/start');
    for (let day = 0; day < 14; day += 1) {
      await live('drifting', `day-${day}`, 40, (variant, index) => ({
        task_completed: everyTenth(variant === 'treatment' ? (day < 7 ? 9 : 2) : 5, index),
      }));
      server.advance(24 * hour - 10 * minute);
    }
    server.advance(24 * hour);
    const { evidence } = await reallocate('drifting');
    expect(evidence.drift).toMatchObject({ fired: true, tests: 1 });
    expect(evidence.units.control + evidence.units.treatment).toBe(14 * 40);
    expect(evidence.effectiveUnits.control).toBeLessThan(evidence.units.control);
    expect(evidence.effectiveUnits.control).toBeGreaterThan(0.8 * evidence.units.control);
  });

  it('searches for the best variant, recommends it once, and then stands still', async () => {
    await start('search', { mode: 'bandit', reward: 'task_completed', burnIn, objective: 'best-variant' });
    await live('search', 'unit', 300, (variant, index) => ({
      task_completed: everyTenth(variant === 'treatment' ? 9 : 2, index),
    }));
    server.advance(hour);
    await server.app.get(BanditJob, { strict: false }).tick();
    expect(await actions('search')).toEqual(expect.arrayContaining(['recommend']));
    const { body } = await server.call('GET', '/v1/experiments/search/decisions');
    expect(body.decisions[0]).toMatchObject({
      action: 'recommend',
      actor: 'bandit',
      evidence: { bestVariant: 'treatment', search: { found: true } },
    });
    expect(await reallocate('search')).toMatchObject({ changed: false, outcome: 'recommended' });
    server.advance(5 * hour);
    await server.app.get(BanditJob, { strict: false }).tick();
    expect((await actions('search')).filter((action) => action === 'recommend')).toHaveLength(1);
    const { currentEpoch } = (await server.call('GET', '/v1/experiments/search')).body;
    expect(currentEpoch.weights).toEqual({ control: 0.5, treatment: 0.5 });
  });

  it('holds the weights when one variant jumps, says so once, and goes on when a person says so', async () => {
    // A small step, so that chance before the attack leaves both variants units to compare in it.
    await start('jump', { mode: 'bandit', reward: 'task_completed', burnIn, floor: 0.1, maximumStep: 0.1 });
    for (const round of [0, 1, 2, 3]) {
      await live('jump', `steady-${round}`, 300, (_variant, index) => ({
        task_completed: everyTenth(3, index),
      }));
    }
    expect((await reallocate('jump')).outcome).not.toBe('frozen');
    server.advance(15 * minute);
    await live('jump', 'attack', 300, (variant, index) => ({
      task_completed: variant === 'treatment' ? true : everyTenth(3, index),
    }));
    expect(await reallocate('jump')).toMatchObject({
      outcome: 'frozen',
      changed: true,
      evidence: { jump: { metric: 'task_completed' } },
    });
    expect(await reallocate('jump')).toMatchObject({ outcome: 'frozen', changed: false });
    expect((await actions('jump')).filter((action) => action === 'freeze')).toHaveLength(1);
    await allocate('jump', { mode: 'bandit', reward: 'task_completed', burnIn, floor: 0.1 });
    expect(await reallocate('jump')).toMatchObject({ outcome: 'moved', changed: true });
  });
});
