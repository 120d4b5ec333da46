import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { LifecycleJob } from '../../src/lifecycle/lifecycle.job.js';
import { RampJob } from '../../src/rollouts/ramp.job.js';
import { completionDefinition as definition } from './completion.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const second = 1_000;
const day = 86_400 * second;

describe('a ramp over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const start = async (key: string, ramp: object[], rest: object = {}) => {
    const created = await server.call('POST', '/v1/experiments', { ...definition, ...rest, key, ramp });
    expect(created.status).toBe(201);
    expect((await server.call('POST', `/v1/experiments/${key}/start`)).status).toBe(200);
  };
  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const view = async (key: string) => (await server.call('GET', `/v1/experiments/${key}/ramp`)).body;
  const coverage = async (key: string) => (await server.call('GET', `/v1/experiments/${key}`)).body.coverage;
  const decisions = async (key: string): Promise<{ actor: string; action: string; reason: string }[]> =>
    (await server.call('GET', `/v1/experiments/${key}/decisions`)).body.decisions;
  const pass = async (milliseconds: number) => {
    server.advance(milliseconds);
    await server.app.get(RampJob, { strict: false }).tick();
  };
  const assign = async (experiment: string, unit: string, rest: object = {}) =>
    (await server.call('POST', '/v1/assignments', { experiment, unit, ...rest })).body;
  const written = () => server.app.get(ExposureWriter, { strict: false }).drained();

  it('waits for units, then for a person, and says so', async () => {
    await start('conditions', [
      { coverage: 50 },
      { coverage: 80, units: 20 },
      { after: 'P1D', coverage: 100, approval: true },
    ]);
    await pass(second);
    expect(await view('conditions')).toMatchObject({
      state: 'running',
      next: { coverage: 80 },
      waitsFor: [{ condition: 'units', units: 0, needed: 20 }],
    });
    for (let unit = 0; unit < 60; unit += 1) await assign('conditions', `u${unit}`);
    await written();
    await pass(11 * second);
    expect(await coverage('conditions')).toBe(80);
    await pass(day + second);
    expect(await coverage('conditions')).toBe(80);
    expect((await view('conditions')).waitsFor).toEqual([{ condition: 'approval', coverage: 100 }]);
    expect((await act('conditions', 'ramp/approve', { coverage: 80 })).body).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [{ pointer: '/coverage' }],
    });
    const approved = await act('conditions', 'ramp/approve', { reason: 'looks well' });
    expect(approved).toMatchObject({ status: 200, body: { rampState: { approvedCoverage: 100 } } });
    await pass(11 * second);
    expect(await coverage('conditions')).toBe(100);
    expect(await view('conditions')).toMatchObject({ state: 'over', next: null });
  });

  it('stands still while it is held, and ends where it is aborted', async () => {
    await start('held', [{ coverage: 5 }, { after: 'P2D', coverage: 10 }, { after: 'P3D', coverage: 100 }]);
    await pass(day);
    expect((await act('held', 'ramp/hold', { reason: 'holiday' })).body.rampState.held).toBe(true);
    expect((await act('held', 'ramp/hold')).body.code).toBe('ILLEGAL_TRANSITION');
    await pass(10 * day);
    expect(await coverage('held')).toBe(5);
    expect(await view('held')).toMatchObject({
      state: 'held',
      dueAt: null,
      waitsFor: [{ condition: 'time' }],
    });
    expect((await act('held', 'ramp/resume')).status).toBe(200);
    await pass(day - 60 * second);
    expect(await coverage('held')).toBe(5);
    await pass(61 * second);
    expect(await coverage('held')).toBe(10);
    expect((await act('held', 'ramp/abort', { reason: 'enough' })).status).toBe(200);
    await pass(10 * day);
    expect(await coverage('held')).toBe(10);
    expect((await view('held')).state).toBe('aborted');
    const legal = await act('held', 'ramp/resume');
    expect(legal).toMatchObject({ status: 409, body: { detail: expect.stringContaining('is aborted') } });
  });

  it('never goes past a breached guardrail, and records once why', async () => {
    const guardrails = [{ metric: 'error', above: 0.1, action: 'warn' }];
    await start('breached', [{ coverage: 50 }, { after: 'P1D', coverage: 100 }], { guardrails });
    const outcomes: object[] = [];
    for (let unit = 0; unit < 100; unit += 1) {
      const { variant, token } = await assign('breached', `u${unit}`);
      if (variant) outcomes.push({ id: `o${unit}`, token, metrics: { error: variant === 'treatment' } });
    }
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).status).toBe(202);
    await pass(day + second);
    await pass(11 * second);
    await pass(11 * second);
    expect(await coverage('breached')).toBe(50);
    const held = (await decisions('breached')).filter(({ action }) => action === 'postpone ramp');
    expect(held).toEqual([
      expect.objectContaining({
        actor: 'ramp',
        reason: expect.stringMatching(/^hold: a guardrail is breached: treatment: mean error is above 0.1/),
      }),
    ]);
    expect((await view('breached')).waitsFor).toEqual([
      expect.objectContaining({ condition: 'obstacle', code: 'GUARDRAIL' }),
    ]);
  });

  it('never goes past a sample ratio mismatch', async () => {
    await start('uneven', [{ coverage: 50 }, { after: 'P1D', coverage: 100 }]);
    // Whoever would meet control is lost before it is counted.
    for (let unit = 0, met = 0; met < 150; unit += 1) {
      const { variant } = await assign('uneven', `u${unit}`, { peek: true });
      if (variant !== 'treatment') continue;
      await assign('uneven', `u${unit}`);
      met += 1;
    }
    await written();
    await pass(day + second);
    await pass(11 * second);
    expect(await coverage('uneven')).toBe(50);
    expect((await decisions('uneven'))[0]).toMatchObject({
      action: 'postpone ramp',
      reason: expect.stringMatching(/^hold: SRM, .* \(e-value/),
    });
  });

  it('stands still with a paused experiment', async () => {
    await start('pausing', [{ coverage: 5 }, { after: 'P2D', coverage: 10 }]);
    await pass(day);
    await act('pausing', 'pause');
    await pass(10 * day);
    await act('pausing', 'resume');
    await pass(day - 60 * second);
    expect(await coverage('pausing')).toBe(5);
    await pass(61 * second);
    expect(await coverage('pausing')).toBe(10);
  });

  it('lets nothing run for ever: maximumDays end what names no end', async () => {
    await start('endless', [{ coverage: 100 }], { plan: { minimumDays: 1, maximumDays: 2 } });
    server.advance(2 * day + second);
    await server.app.get(LifecycleJob, { strict: false }).tick();
    await server.app.get(LifecycleJob, { strict: false }).tick();
    server.advance(day + second);
    await server.app.get(LifecycleJob, { strict: false }).tick();
    const actions = (await decisions('endless')).map(({ action }) => action);
    expect(actions).toEqual(['conclude', 'close admission', 'start', 'create']);
  });
});
