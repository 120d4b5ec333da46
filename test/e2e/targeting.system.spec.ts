import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AssayModule } from '../../src/assay.module.js';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import type { HttpRequest } from '../../src/decorator/declaration/experiment-use.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';
import { until } from './crash-client.fixture.js';
import { startServer, waitForPins, type StartedServer } from './server.fixture.js';

const definition = {
  control: 'control',
  variants: [
    { key: 'control', config: { systemPrompt: 'A' } },
    { key: 'treatment', config: { systemPrompt: 'B' } },
  ],
  metrics: { primary: 'user_rating' },
  guardrails: [],
};
const proOnly = {
  all: [
    { attribute: 'plan', operator: 'in', value: ['pro', 'team'] },
    { not: { attribute: 'app', operator: 'semver', value: '<2.1' } },
  ],
};
const pro = { plan: 'pro', app: '2.4.0' };

describe('who meets an experiment, over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const create = (key: string, rest: object = {}) =>
    server.call('POST', '/v1/experiments', { ...definition, key, ...rest });
  const act = (key: string, action: string, body: object = {}) =>
    server.call('POST', `/v1/experiments/${key}/${action}`, body);
  const assign = async (experiment: string, unit: string, rest: object = {}) =>
    (await server.call('POST', '/v1/assignments', { experiment, unit, ...rest })).body;
  const begin = async (key: string, rest: object = {}) => {
    expect((await create(key, rest)).status).toBe(201);
    expect((await act(key, 'start')).status).toBe(200);
  };

  it('lets in units that its rule is about, and keeps those that were let in', async () => {
    await begin('pros', { targeting: proOnly });
    const first = await assign('pros', 'ada', { attributes: pro });
    expect(first.reason).toBe('split');
    expect(await assign('pros', 'bob', { attributes: { plan: 'free' } })).toMatchObject({
      variant: null,
      reason: 'not-targeted',
      config: { systemPrompt: 'A' },
      token: null,
    });
    expect(await assign('pros', 'ada', { attributes: { plan: 'free' } })).toMatchObject({
      variant: first.variant,
      reason: 'pinned',
    });
    const { steps } = (await assign('pros', 'ada', { explain: true })).explanation;
    expect(steps[1]).toEqual({ check: 'pin', passed: true, evidence: { variant: first.variant, epoch: 1 } });
    // Exposures are written behind.
    await until(
      async () => (await server.call('GET', '/v1/experiments/pros/results')).body.health.exposed,
      (exposed) => exposed === 1,
    );
  });

  it('refuses rules that cannot be, each fault at its place, and any change of the rule after the start', async () => {
    const refused = await create('bad', {
      targeting: {
        any: [
          { attribute: 'app', operator: 'semver', value: 'new' },
          { attribute: 'mail', operator: 'matches', value: '(?=a)' },
        ],
      },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/targeting/any/0/value',
      '/targeting/any/1/value',
    ]);
    const misspelt = await create('bad', { targeting: { attribute: 'a', operator: 'is', value: 1 } });
    expect(misspelt.body.errors).toMatchObject([{ pointer: '/targeting/operator' }]);
    await begin('locked', { targeting: proOnly });
    const edit = await server.call('PATCH', '/v1/experiments/locked', { targeting: null });
    expect(edit).toMatchObject({ status: 409, body: { code: 'EXPERIMENT_LOCKED' } });
  });

  it('explains every check with the values that settled it', async () => {
    await begin('explained', { targeting: proOnly, holdback: 10, coverage: 40 });
    const { explanation } = await assign('explained', 'ada', {
      attributes: { plan: 'free', app: '2.0.9' },
      explain: true,
      peek: true,
    });
    expect(explanation.sentence).toEqual(expect.any(String));
    const step = (check: string) => explanation.steps.find((each: { check: string }) => each.check === check);
    expect(step('status')).toMatchObject({ passed: true, evidence: { status: 'running' } });
    expect(step('coverage').evidence).toEqual({ coverage: 40, slot: expect.any(Number), bound: 4_000 });
    expect(step('holdback').evidence).toMatchObject({ bound: 1_000 });
    expect(step('slot').evidence).toMatchObject({ epoch: 1, changedHands: false });
    expect(step('targeting')).toEqual({
      check: 'targeting',
      passed: false,
      evidence: {
        failed: [
          {
            pointer: '/all/0',
            attribute: 'plan',
            operator: 'in',
            value: ['pro', 'team'],
            actual: 'free',
            negated: false,
          },
          {
            pointer: '/all/1/not',
            attribute: 'app',
            operator: 'semver',
            value: '<2.1',
            actual: '2.0.9',
            negated: true,
          },
        ],
      },
    });
  });

  it('serves forced units their variant, before the start and while it runs, and counts none of them', async () => {
    await create('forced', { forced: { qa: 'treatment' } });
    expect(await assign('forced', 'qa')).toMatchObject({ variant: 'treatment', reason: 'forced' });
    await act('forced', 'start');
    const edit = await server.call('PATCH', '/v1/experiments/forced', {
      forced: { 'qa/1': 'control', qa: 'treatment' },
      reason: 'the new build',
    });
    expect(edit.body.forced).toEqual({ 'qa/1': 'control', qa: 'treatment' });
    expect(await assign('forced', 'qa/1')).toMatchObject({
      variant: 'control',
      reason: 'forced',
      token: null,
    });
    expect((await server.call('GET', '/v1/experiments/forced/results')).body.health.exposed).toBe(0);
    const [decision] = (await server.call('GET', '/v1/experiments/forced/decisions')).body.decisions;
    expect(decision).toMatchObject({ action: 'edit', reason: 'the new build' });
    const unknown = await server.call('PATCH', '/v1/experiments/forced', { forced: { 'qa/1': 'blue' } });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ pointer: '/forced/qa~11' }] } });
  });

  it('serves the variant of a signed header on decorated routes, unexposed, and ignores a forged one', async () => {
    const pass = await act('exp_summarize_v2', 'force', { variant: 'treatment', expires: 'PT10M' });
    expect(pass).toMatchObject({ status: 200, body: { header: 'Assay-Force', variant: 'treatment' } });
    const summarize = (headers: Record<string, string>) =>
      server.call(
        'POST',
        '/api/summarize',
        { text: 'One. Two. Three.' },
        { 'x-user-id': 'tester', ...headers },
      );
    const exposed = async () =>
      (await server.call('GET', '/v1/experiments/exp_summarize_v2/results')).body.health.exposed as number;
    const answer = await summarize({ 'assay-force': pass.body.value as string });
    expect(answer.body.experiment).toMatchObject({ variant: 'treatment', token: null });
    expect(await exposed()).toBe(0);
    const forged = (pass.body.value as string).replace('~treatment~', '~control~');
    await summarize({ 'assay-force': forged });
    expect(await exposed()).toBe(1);
    expect(await act('exp_summarize_v2', 'force', { variant: 'blue' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/variant' }] },
    });
  });

  it('is described in OpenAPI', async () => {
    const { body } = await server.call('GET', '/docs/json');
    const text = JSON.stringify(body);
    expect(body.paths['/v1/experiments/{key}/force'].post).toBeDefined();
    for (const word of ['targeting', 'forced', 'starts-with', 'TargetingRule']) expect(text).toContain(word);
  });
});

describe('targeting on a decorated route', () => {
  @Controller()
  class GreetingController {
    @Get('greeting')
    @Experiment('greeting', {
      unit: ({ headers }) => String(headers['x-user']),
      attributes: ({ headers }: HttpRequest) => ({ plan: headers['x-plan'] }),
    })
    greet(@Variant() { variant, reason }: AssignedVariant) {
      return { variant, reason };
    }
  }
  const targeting = { attribute: 'plan', operator: 'equals', value: 'pro' } as const;
  const experiments = [{ ...definition, key: 'greeting', targeting }];
  const configuration = readConfiguration({ ASSAY_DATA_DIR: 'memory://' });
  @Module({
    imports: [AssayModule.forRoot({ configuration, experiments, autoStart: true })],
    controllers: [GreetingController],
  })
  class OwnModule {}

  it('asks for the attributes that the decorator tells', async () => {
    const app = await NestFactory.create(OwnModule, { logger: ['fatal'] });
    waitForPins(app);
    await app.listen(0, '127.0.0.1');
    try {
      const greet = async (plan: string) => {
        const headers = { 'x-user': `user of ${plan}`, 'x-plan': plan };
        return (await fetch(`${await app.getUrl()}/greeting`, { headers })).json();
      };
      expect(await greet('pro')).toMatchObject({ reason: 'split' });
      expect(await greet('free')).toEqual({ variant: null, reason: 'not-targeted' });
    } finally {
      await app.close();
    }
  });
});
