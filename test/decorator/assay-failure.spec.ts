import { Controller, Get, Sse } from '@nestjs/common';
import { of } from 'rxjs';
import { AssayError } from '../../src/operations/assay-error.js';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { platforms, startApp, type DecoratedApp } from './decorated-app.fixture.js';

const fallback = { model: 'model of the code' };

@Controller()
class FailingController {
  @Get('served')
  @Experiment('exp_summarize_v2', { fallback })
  served(@Variant() { variant, config, reason, token }: AssignedVariant) {
    return { variant, config, reason, token };
  }

  @Get('unknown')
  @Experiment('exp_unknown', { fallback })
  unknown(@Variant() { variant, config, reason, token }: AssignedVariant) {
    return { variant, config, reason, token };
  }

  @Get('bad-unit')
  @Experiment('exp_summarize_v2', {
    fallback,
    unit: () => {
      throw new Error('no such header');
    },
  })
  badUnit(@Variant() { variant, config, reason, token }: AssignedVariant) {
    return { variant, config, reason, token };
  }

  @Sse('sse')
  @Experiment('exp_summarize_v2', { fallback })
  sse(@Variant() { config }: AssignedVariant) {
    return of({ data: String(config.model) });
  }
}

const servedFallback = { variant: null, config: fallback, reason: 'stale', token: null };
const broken = () => {
  throw new AssayError('DATABASE_UNAVAILABLE', 'the database is away');
};

describe.each(platforms)('A failure of Assay on %s', (platform) => {
  let decorated: DecoratedApp;

  beforeEach(async () => {
    decorated = await startApp(platform, { controllers: [FailingController] });
  });
  afterEach(() => decorated.close());

  const ask = async (path: string) => {
    const response = await fetch(`${decorated.address}/${path}`);
    expect(response.status).toBe(200);
    return { body: await response.json(), headers: response.headers };
  };

  it.each<[string, (app: DecoratedApp) => void]>([
    ['throws', ({ assignments }) => (assignments.answer = broken)],
    [
      'rejects',
      ({ assignments }) => (assignments.answer = () => Promise.reject(new Error('the cache is away'))),
    ],
  ])('serves the fallback, exposing and recording nobody, when assigning %s', async (_how, fail) => {
    fail(decorated);
    const { body, headers } = await ask('served');

    expect(body).toEqual(servedFallback);
    expect(headers.get('assay-variant')).toBe('$fallback');
    expect(headers.has('assay-token')).toBe(false);
    expect(decorated.assignments.exposed).toHaveLength(0);
    expect(decorated.outcomes.recorded).toHaveLength(0);
  });

  it('serves the fallback of the code for an experiment that is not known', async () => {
    expect((await ask('unknown')).body).toEqual({ ...servedFallback, reason: 'unknown-experiment' });
  });

  it("serves the experiment's own fallback, not the code's, where the experiment is paused", async () => {
    decorated.assignments.variantOf = () => null;

    expect((await ask('served')).body).toMatchObject({
      reason: 'paused',
      config: { model: 'model of before' },
    });
    expect(decorated.outcomes.recorded).toHaveLength(0);
  });

  it('serves the fallback when the unit cannot be told', async () => {
    expect((await ask('bad-unit')).body).toEqual(servedFallback);
  });

  it('serves the fallback of an event stream whose assignment fails', async () => {
    decorated.assignments.answer = broken;
    const response = await fetch(`${decorated.address}/sse`);

    expect(await response.text()).toContain('data: model of the code');
  });

  it.each<[string, (app: DecoratedApp) => void]>([
    ['exposing throws', ({ assignments }) => (assignments.expose = broken)],
    ['signing throws', ({ assignments }) => (assignments.tokenOf = broken)],
    ['recording throws', ({ outcomes }) => (outcomes.answer = broken)],
    ['recording rejects', ({ outcomes }) => (outcomes.answer = () => Promise.reject(new Error('away')))],
  ])('leaves the request alone when %s', async (_what, fail) => {
    fail(decorated);

    expect((await ask('served')).body).toMatchObject({ variant: 'treatment' });
    expect(await decorated.outcomes.atLeast(1)).toHaveLength(1);
    expect((await ask('served')).body).toMatchObject({ variant: 'treatment' });
  });
});

it('serves the fallback to visitors as long as there is no key to sign a cookie with', async () => {
  const decorated = await startApp('fastify', {
    controllers: [FailingController],
    options: { visitorKeys: () => [] },
  });
  const response = await fetch(`${decorated.address}/served`);

  expect(await response.json()).toEqual(servedFallback);
  expect(response.headers.has('set-cookie')).toBe(false);
  await decorated.close();
});
