import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { ChangeService } from '../../src/lifecycle/change.service.js';
import { banditScene, burnIn, definition, everyTenth } from './bandit.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('a bandit under guardrails', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());
  const { start, allocate, reallocate, live } = banditScene(() => server);

  it('steps at once when a guardrail is breached', async () => {
    await start('early', { mode: 'bandit', reward: 'task_completed', burnIn, floor: 0.05 });
    await live('early', 'unit', 240, (variant, index) => ({
      task_completed: everyTenth(variant === 'treatment' ? 8 : 3, index),
    }));
    const seen = await server.app.get(ExperimentsService, { strict: false }).find('early');
    const weights = { control: 0.9, treatment: 0.1 };
    await server.app.get(ChangeService, { strict: false }).commit({
      seen,
      patch: {},
      decision: { actor: 'guardrail', action: 'warn', reason: 'cost_usd is above 1', evidence: {} },
      epoch: { cause: 'weights', evidence: {}, weights },
    });
    const latest = async () => (await server.call('GET', '/v1/experiments/early/epochs')).body.epochs[0];
    for (let tries = 0; tries < 100 && (await latest()).cause !== 'bandit'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await latest()).toMatchObject({
      cause: 'bandit',
      evidence: { early: 'a guardrail was breached (warn): cost_usd is above 1' },
    });
    expect((await latest()).weights.treatment).toBeGreaterThan(0.9);
  });

  it('gives nothing to a variant that a guardrail took all weight from, until a person allocates', async () => {
    const variants = [...definition.variants, { key: 'broken', config: { systemPrompt: 'C' } }];
    const guardrails = [{ metric: 'error', above: 0.1, action: 'zero' }];
    const allocation = { mode: 'bandit', reward: 'task_completed', burnIn, floor: 0.05 };
    await server.call('POST', '/v1/experiments', {
      ...definition,
      key: 'zeroed',
      variants,
      guardrails,
      allocation,
    });
    await server.call('POST', '/v1/experiments/zeroed/start');
    await live('zeroed', 'unit', 600, (variant, index) => ({
      task_completed: everyTenth(variant === 'treatment' ? 7 : variant === 'broken' ? 10 : 3, index),
      error: variant === 'broken' && index % 2 === 0,
    }));
    await server.app.get(GuardrailJob, { strict: false }).tick();
    const latest = async () => (await server.call('GET', '/v1/experiments/zeroed/epochs')).body.epochs[0];
    for (let tries = 0; tries < 100 && (await latest()).cause !== 'bandit'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await latest()).toMatchObject({
      cause: 'bandit',
      weights: { broken: 0 },
      evidence: { early: expect.stringContaining('(zero)'), excluded: ['broken'] },
    });
    expect((await latest()).weights.treatment).toBeGreaterThan(0.8);
    await allocate('zeroed', allocation);
    // Nothing but its reward counts now: the guardrail's turn to act again comes later.
    expect((await reallocate('zeroed')).evidence.weightsAfter.broken).toBeGreaterThan(0.8);
  });
});
