import { BanditJob } from '../../src/allocation/bandit.job.js';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { LifecycleJob } from '../../src/lifecycle/lifecycle.job.js';
import { RampJob } from '../../src/rollouts/ramp.job.js';
import { RolloutJob } from '../../src/rollouts/rollout.job.js';
import { completionDefinition as definition } from './completion.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

describe('traffic that moves by itself', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const start = async (key: string, rest: object = {}) => {
    await server.call('POST', '/v1/experiments', { ...definition, key, ...rest });
    return (await server.call('POST', `/v1/experiments/${key}/start`)).body;
  };
  const read = async (key: string) => (await server.call('GET', `/v1/experiments/${key}`)).body;
  const epochs = async (key: string) =>
    (await server.call('GET', `/v1/experiments/${key}/epochs`)).body.epochs;
  const units = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const assign = async (
    key: string,
    unit: string,
  ): Promise<{ variant: string; reason: string; propensity: number }> =>
    (await server.call('POST', '/v1/assignments', { experiment: key, unit })).body;
  const tick = (job: abstract new (...dependencies: never[]) => { tick(): Promise<unknown> }) =>
    server.app.get(job, { strict: false }).tick();
  const share = (variants: { variant: string }[]) =>
    variants.filter(({ variant }) => variant === 'treatment').length / variants.length;

  it('moves new units to the better variant under the bandit, and leaves the others where they were', async () => {
    await start('bandit');
    const early = units(300, 'early');
    const first = await Promise.all(early.map((unit) => assign('bandit', unit)));
    const outcomes = early.map((unit, index) => ({
      id: unit,
      experiment: 'bandit',
      unit,
      metrics: { task_completed: index % 10 < (first[index]?.variant === 'treatment' ? 7 : 3) },
    }));
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).body.accepted).toBe(300);
    const mode = { mode: 'bandit', reward: 'task_completed', burnIn: { unitsPerVariant: 50 } };
    expect((await server.call('PUT', '/v1/experiments/bandit/allocation', mode)).status).toBe(200);
    await tick(BanditJob);
    expect((await epochs('bandit')).filter(({ cause }: { cause: string }) => cause === 'bandit')).toEqual([]);
    server.advance(2 * day + hour);
    await tick(BanditJob);
    const [latest] = await epochs('bandit');
    expect(latest).toMatchObject({ cause: 'bandit', evidence: expect.any(Object) });
    expect(latest.weights.treatment).toBeGreaterThan(0.9);
    const late: { variant: string }[] = [];
    for (const unit of units(300, 'late')) late.push(await assign('bandit', unit));
    expect(share(late)).toBeGreaterThan(0.8);
    const again = await Promise.all(early.map((unit) => assign('bandit', unit)));
    expect(again.map(({ variant }) => variant)).toEqual(first.map(({ variant }) => variant));
    const fixed = { mode: 'fixed', weights: { control: 50, treatment: 50 } };
    expect((await server.call('PUT', '/v1/experiments/bandit/allocation', fixed)).status).toBe(200);
    expect((await epochs('bandit'))[0].weights).toEqual({ control: 0.5, treatment: 0.5 });
  });

  it('raises coverage along the ramp, folds overdue steps into one, and never moves anyone', async () => {
    const ramp = [
      { after: 'P0D', coverage: 5 },
      { after: 'P2D', coverage: 10 },
      { after: 'P5D', coverage: 25 },
      { after: 'P7D', coverage: 100 },
    ];
    expect((await start('ramp', { ramp })).coverage).toBe(5);
    const all = units(400, 'unit');
    const at5 = await Promise.all(all.map((unit) => assign('ramp', unit)));
    server.advance(2 * day + second);
    await tick(RampJob);
    expect((await read('ramp')).coverage).toBe(10);
    server.advance(6 * day);
    await tick(RampJob);
    expect((await epochs('ramp')).map(({ coverage }: { coverage: number }) => coverage)).toEqual([
      100, 10, 5,
    ]);
    const at100 = await Promise.all(all.map((unit) => assign('ramp', unit)));
    at5.forEach(({ variant }, index) => {
      if (variant !== null) expect(at100[index]?.variant).toBe(variant);
    });
    expect(at100.every(({ variant }) => variant !== null)).toBe(true);
  });

  it('rolls a winner out 75, 95, 100 and then ships it', async () => {
    await start('rollout');
    const all = units(400, 'unit');
    const before = await Promise.all(all.map((unit) => assign('rollout', unit)));
    const started = await server.call('POST', '/v1/experiments/rollout/rollout', { winner: 'treatment' });
    expect(started).toMatchObject({ status: 200, body: { status: 'rolling-out', phase: 1 } });
    const at75 = await Promise.all(all.map((unit) => assign('rollout', unit)));
    expect(at75.every(({ reason }) => reason === 'rollout')).toBe(true);
    expect(share(at75)).toBeCloseTo(0.75, 1);
    before.forEach(({ variant }, index) => {
      if (variant === 'treatment') expect(at75[index]?.variant).toBe('treatment');
    });
    server.advance(day + second);
    await tick(RolloutJob);
    expect((await read('rollout')).currentEpoch).toMatchObject({ phase: 2, weights: { treatment: 0.95 } });
    server.advance(2 * day + second);
    await tick(RolloutJob);
    await tick(RolloutJob);
    expect(await read('rollout')).toMatchObject({ status: 'concluded', decidedVariant: 'treatment' });
    expect(await assign('rollout', 'new')).toMatchObject({ variant: 'treatment', reason: 'shipped' });
  });

  it('aborts a rollout back to the weights and variants of before', async () => {
    await start('abort');
    const all = units(200, 'unit');
    const before = await Promise.all(all.map((unit) => assign('abort', unit)));
    await server.call('POST', '/v1/experiments/abort/rollout', { winner: 'treatment' });
    const aborted = await server.call('POST', '/v1/experiments/abort/rollout/abort', {
      reason: 'complaints',
    });
    expect(aborted.body).toMatchObject({
      status: 'paused',
      phase: 0,
      currentEpoch: { weights: { control: 0.5, treatment: 0.5 } },
    });
    await server.call('POST', '/v1/experiments/abort/resume');
    const after = await Promise.all(all.map((unit) => assign('abort', unit)));
    expect(after.map(({ variant }) => variant)).toEqual(before.map(({ variant }) => variant));
  });

  it('pauses an experiment whose variant fails, with the evidence, and not one that does not', async () => {
    const guardrails = [{ metric: 'error', above: 0.1, action: 'pause' }];
    for (const key of ['harmful', 'healthy']) {
      await start(key, { guardrails });
      const exposed = await Promise.all(
        units(200, key).map(async (unit) => ({ unit, ...(await assign(key, unit)) })),
      );
      await server.app.get(ExposureWriter, { strict: false }).drained();
      const failing = (variant: string, index: number) =>
        key === 'harmful' && variant === 'treatment' && index % 2 === 0;
      const outcomes = exposed.map(({ unit, variant }, index) => ({
        id: unit,
        experiment: key,
        unit,
        metrics: { error: failing(variant, index) },
      }));
      expect((await server.call('POST', '/v1/outcomes', { outcomes })).status).toBe(202);
    }
    server.advance(11 * second);
    await tick(GuardrailJob);
    expect((await read('harmful')).status).toBe('paused');
    expect((await read('healthy')).status).toBe('running');
    const [decision] = (await server.call('GET', '/v1/experiments/harmful/decisions')).body.decisions;
    expect(decision).toMatchObject({ actor: 'guardrail', action: 'pause' });
    expect(JSON.stringify(decision.evidence)).toContain('treatment');
  });

  it('starts and ends experiments at their times, each once, and concludes on control after the last window', async () => {
    const startsAt = new Date(server.now().getTime() + hour).toISOString();
    const endsAt = new Date(server.now().getTime() + 3 * day).toISOString();
    expect(await start('timed', { startsAt, endsAt })).toMatchObject({ status: 'scheduled' });
    await tick(LifecycleJob);
    expect((await read('timed')).status).toBe('scheduled');
    server.advance(2 * hour);
    await tick(LifecycleJob);
    expect((await read('timed')).status).toBe('running');
    expect((await assign('timed', 'inside')).variant).not.toBeNull();
    server.advance(3 * day);
    await tick(LifecycleJob);
    expect(await assign('timed', 'outside')).toMatchObject({ variant: null, reason: 'admission-closed' });
    expect((await assign('timed', 'inside')).variant).not.toBeNull();
    server.advance(day + second);
    await tick(LifecycleJob);
    expect(await read('timed')).toMatchObject({ status: 'concluded', decidedVariant: 'control' });
  });
});
