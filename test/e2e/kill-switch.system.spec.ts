import { BanditJob } from '../../src/allocation/bandit.job.js';
import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { LifecycleJob } from '../../src/lifecycle/lifecycle.job.js';
import { Clock } from '../../src/operations/clock.js';
import { RampJob } from '../../src/rollouts/ramp.job.js';
import { RolloutJob } from '../../src/rollouts/rollout.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

const minute = 60_000;
const definition = {
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'A' } },
    { key: 'treatment', config: { systemPrompt: 'B' } },
  ],
  fallback: { systemPrompt: 'safe' },
  metrics: { primary: 'latency_ms', window: 'PT1H' },
  guardrails: [],
};

describe('the kill switch', () => {
  let server: StartedServer;
  let ahead = 0;
  beforeAll(async () => {
    server = await startServer();
    const clock = server.app.get(Clock, { strict: false });
    clock.now = () => new Date(Date.now() + ahead);
  }, 120_000);
  afterAll(() => server.close());

  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const begin = async (key: string, rest: object = {}) => {
    await server.call('POST', '/v1/experiments', { ...definition, key, ...rest });
    return (await act(key, 'start')).body;
  };
  const assign = async (experiment: string, unit: string) =>
    (await server.call('POST', '/v1/assignments', { experiment, unit })).body;
  const shown = async (key: string) => (await server.call('GET', `/v1/experiments/${key}`)).body;
  const epochs = async (key: string) =>
    (await server.call('GET', `/v1/experiments/${key}/epochs`)).body.epochs.toReversed();
  /** Time passes, and whatever is scheduled looks what is due. Twice: a job that is at work already passes over a tick. */
  const pass = async (milliseconds: number) => {
    ahead += milliseconds;
    for (const job of [RampJob, RolloutJob, BanditJob, GuardrailJob, LifecycleJob]) {
      for (let times = 0; times < 2; times += 1) await server.app.get(job, { strict: false }).tick();
    }
  };

  it('puts everyone on the fallback at once', async () => {
    await begin('fire');
    const units = Array.from({ length: 50 }, (_, index) => `user-${index}`);
    const before = await Promise.all(units.map((unit) => assign('fire', unit)));
    expect(new Set(before.map(({ variant }) => variant))).toEqual(new Set(['control', 'treatment']));
    const killed = (await act('fire', 'kill', { reason: 'it is on fire' })).body;
    expect(killed).toMatchObject({ status: 'killed', version: 3 });
    const after = await Promise.all([...units, 'newcomer'].map((unit) => assign('fire', unit)));
    for (const answer of after) {
      expect(answer).toMatchObject({
        variant: null,
        reason: 'killed',
        config: { systemPrompt: 'safe' },
        token: null,
        version: 3,
      });
    }
  });

  it('still takes the outcomes of those who met a variant before', async () => {
    const sent = await server.call('POST', '/v1/outcomes', {
      outcomes: [{ id: 'late', experiment: 'fire', unit: 'user-1', metrics: { latency_ms: 9 } }],
    });
    expect(sent).toMatchObject({ status: 202, body: { accepted: 1 } });
  });

  it('needs a reason to be pulled, and another to be lifted', async () => {
    await begin('reasons');
    expect(await act('reasons', 'kill')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    await act('reasons', 'kill', { reason: 'smoke' });
    expect(await act('reasons', 'resume')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect((await shown('reasons')).status).toBe('killed');
    expect((await act('reasons', 'resume', { reason: 'aired' })).body.status).toBe('paused');
    expect(await assign('reasons', 'someone')).toMatchObject({ variant: null, reason: 'paused' });
    expect((await act('reasons', 'resume')).body.status).toBe('running');
    expect((await assign('reasons', 'someone')).reason).toBe('split');
  });

  it('stops the ramp, which runs on from where it stood after the resume', async () => {
    await begin('ramped', {
      ramp: [
        { after: 'PT0S', coverage: 10 },
        { after: 'PT10M', coverage: 50 },
        { after: 'PT20M', coverage: 100 },
      ],
    });
    await pass(6 * minute);
    await act('ramped', 'kill', { reason: 'smoke' });
    await pass(60 * minute);
    expect((await epochs('ramped')).map(({ coverage }: { coverage: number }) => coverage)).toEqual([10]);
    await act('ramped', 'resume', { reason: 'aired' });
    await pass(60 * minute);
    expect((await shown('ramped')).coverage).toBe(10);
    await act('ramped', 'resume');
    await pass(3 * minute);
    expect((await shown('ramped')).coverage).toBe(10);
    await pass(2 * minute);
    expect((await shown('ramped')).coverage).toBe(50);
    await pass(10 * minute);
    expect((await epochs('ramped')).map(({ coverage }: { coverage: number }) => coverage)).toEqual([
      10, 50, 100,
    ]);
  });

  it('stops a rollout; once lifted, every slot is back at its owner of the test', async () => {
    await begin('rolled', { coverage: 40 });
    const stages = [{ percent: 75, hold: 'PT10M' }, { percent: 100 }];
    expect((await act('rolled', 'rollout', { winner: 'treatment', stages })).body).toMatchObject({
      status: 'rolling-out',
      currentEpoch: { weights: { treatment: 0.75 }, coverage: 100 },
    });
    await act('rolled', 'kill', { reason: 'smoke' });
    await pass(60 * minute);
    expect(await shown('rolled')).toMatchObject({ status: 'killed', currentEpoch: { number: 2 } });
    await act('rolled', 'resume', { reason: 'aired' });
    expect(await shown('rolled')).toMatchObject({
      status: 'paused',
      rollout: null,
      phase: 0,
      coverage: 40,
      currentEpoch: { cause: 'abort', weights: { control: 0.5, treatment: 0.5 } },
    });
    await pass(60 * minute);
    expect((await epochs('rolled')).length).toBe(3);
  });

  it('undoes no conclusion: once lifted and resumed, what was decided is served again, for good', async () => {
    const endsAt = new Date(Date.now() + ahead + 5 * minute).toISOString();
    await begin('decided', { endsAt, layer: { key: 'all', percent: 100 } });
    await act('decided', 'conclude', { variant: 'treatment' });
    await act('decided', 'kill', { reason: 'smoke' });
    expect((await assign('decided', 'someone')).reason).toBe('killed');
    const { layers } = (await server.call('GET', '/v1/layers')).body;
    expect(layers[0]).toMatchObject({ key: 'all', free: 100, experiments: [{ slots: null }] });
    const lifted = await act('decided', 'resume', { reason: 'aired' });
    expect(lifted.body).toMatchObject({ status: 'paused', decidedVariant: 'treatment' });
    expect((await assign('decided', 'someone')).reason).toBe('paused');
    await pass(180 * minute);
    expect((await act('decided', 'resume')).body.status).toBe('concluded');
    expect(await assign('decided', 'someone')).toMatchObject({
      reason: 'shipped',
      config: { systemPrompt: 'B' },
    });
    expect((await act('decided', 'resume')).body.code).toBe('ILLEGAL_TRANSITION');
    await pass(180 * minute);
    expect(await shown('decided')).toMatchObject({ status: 'concluded', decidedVariant: 'treatment' });
  });

  it('leaves what a rollout has shipped as it is, too', async () => {
    await begin('shipped', { holdback: 10 });
    await act('shipped', 'rollout', { winner: 'treatment', stages: [{ percent: 100 }] });
    const before = await shown('shipped');
    expect(before.status).toBe('concluded');
    await act('shipped', 'kill', { reason: 'smoke' });
    await act('shipped', 'resume', { reason: 'aired' });
    await act('shipped', 'resume');
    const { status, phase, decidedVariant, currentEpoch } = await shown('shipped');
    expect({ status, phase, decidedVariant, currentEpoch }).toEqual({
      status: 'concluded',
      phase: before.phase,
      decidedVariant: 'treatment',
      currentEpoch: before.currentEpoch,
    });
  });

  it('stops the bandit and the guardrails too', async () => {
    const bandit = { mode: 'bandit', reward: 'latency_ms', every: 'PT1M', burnIn: { unitsPerVariant: 2 } };
    await begin('learning', {
      allocation: bandit,
      guardrails: [{ metric: 'latency_ms', above: 1, action: 'pause' }],
    });
    for (let index = 0; index < 40; index += 1) {
      const unit = `user-${index}`;
      const { variant } = await assign('learning', unit);
      const outcome = {
        id: unit,
        experiment: 'learning',
        unit,
        metrics: { latency_ms: variant === 'control' ? 900 : 5 },
      };
      await server.call('POST', '/v1/outcomes', { outcomes: [outcome] });
    }
    const { version } = (await act('learning', 'kill', { reason: 'smoke' })).body;
    await pass(180 * minute);
    expect(await shown('learning')).toMatchObject({ status: 'killed', version });
    const { decisions } = (await server.call('GET', '/v1/experiments/learning/decisions')).body;
    expect(decisions[0].action).toBe('kill');
    await act('learning', 'resume', { reason: 'aired' });
    await act('learning', 'resume');
    await pass(180 * minute);
    expect((await shown('learning')).version).toBeGreaterThan(version + 2);
  });

  it('wins over a change decided before it', async () => {
    const { version } = await begin('raced');
    const [edit, kill] = await Promise.all([
      server.call('PATCH', '/v1/experiments/raced', { name: 'edited' }, { 'if-match': `"${version}"` }),
      act('raced', 'kill', { reason: 'smoke' }),
    ]);
    expect(kill).toMatchObject({ status: 200, body: { status: 'killed' } });
    expect([200, 412]).toContain(edit.status);
    expect((await shown('raced')).status).toBe('killed');
    expect(await assign('raced', 'someone')).toMatchObject({ reason: 'killed' });
  });

  it('is pulled once by those who pull it at once, or again', async () => {
    await begin('crowd');
    const pull = (reason: string) => act('crowd', 'kill', { reason });
    const answers = await Promise.all(['smoke', 'fire', 'heat', 'smell', 'alarm'].map(pull));
    answers.push(await pull('too late'));
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 200, body: { status: 'killed', version: 3 } });
    const { decisions } = (await server.call('GET', '/v1/experiments/crowd/decisions')).body;
    expect(decisions.map(({ action }: { action: string }) => action)).toEqual(['kill', 'start', 'create']);
    expect((await act('crowd', 'resume', { reason: 'aired' })).body.status).toBe('paused');
    expect((await pull('smoke again')).body).toMatchObject({ status: 'killed', version: 5 });
  });
});
