import { StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { get, type IncomingMessage } from 'node:http';
import { platforms, startApp, type DecoratedApp } from './decorated-app.fixture.js';
import { EveryKindController } from './every-kind.controller.js';

const answered = { error: 0, abandoned: 0, latency_ms: expect.any(Number) };
const failed = { error: 1, abandoned: 0, latency_ms: expect.any(Number) };

/** Reads until the first bytes, then hangs up. */
function hangUpOn(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(address, (response: IncomingMessage) => {
      response.on('error', () => undefined);
      response.once('data', () => {
        request.destroy();
        resolve();
      });
    });
    request.on('error', reject);
  });
}

describe.each(platforms)('A decorated method on %s', (platform) => {
  let decorated: DecoratedApp;

  beforeEach(async () => {
    const validation = { provide: APP_PIPE, useClass: StandardSchemaValidationPipe };
    decorated = await startApp(platform, { controllers: [EveryKindController], providers: [validation] });
  });
  afterEach(() => decorated.close());

  const onlyOutcome = async () => {
    const outcomes = await decorated.outcomes.atLeast(1);
    expect(outcomes).toHaveLength(1);
    return outcomes[0];
  };

  it.each(['plain', 'promise', 'observable', 'sse', 'file', 'raw'])(
    'that answers by %s is exposed once, says so in its headers, and is recorded as one answered interaction',
    async (path) => {
      const response = await fetch(`${decorated.address}/${path}`);
      await response.text();
      const outcome = await onlyOutcome();

      expect(response.status).toBe(200);
      expect(decorated.assignments.exposed).toHaveLength(1);
      expect(response.headers.get('assay-experiment')).toBe('exp_summarize_v2');
      expect(response.headers.get('assay-variant')).toBe('treatment');
      expect(response.headers.get('assay-token')).toMatch(new RegExp(`~${outcome?.interaction}$`));
      expect(outcome?.assignment.unitId).toBe(decorated.assignments.exposed[0]?.unitId);
      expect(outcome?.metrics).toEqual(path === 'file' ? { ...answered, quality_score: 0.7 } : answered);
    },
  );

  it.each(['thrown', 'rejected', 'observable-error', 'unavailable', 'sse-error', 'file-error', 'raw-error'])(
    'that fails by %s stays exposed and is recorded as one error',
    async (path) => {
      const response = await fetch(`${decorated.address}/${path}`);
      await response.text().catch(() => undefined);

      expect((await onlyOutcome())?.metrics).toEqual(failed);
      expect(decorated.assignments.exposed).toHaveLength(1);
      expect(response.headers.get('assay-variant')).toBe('treatment');
    },
  );

  it.each(['sse-endless', 'file-endless', 'raw-endless'])(
    'whose caller hangs up on %s is recorded as abandoned, without an error',
    async (path) => {
      await hangUpOn(`${decorated.address}/${path}`);

      expect((await onlyOutcome())?.metrics).toEqual({ abandoned: 1 });
      expect(decorated.assignments.exposed).toHaveLength(1);
    },
  );

  it('whose caller hangs up before there is an answer is recorded as abandoned', async () => {
    const request = get(`${decorated.address}/promise-endless`);
    request.on('error', () => undefined);
    await until(() => decorated.assignments.exposed.length === 1);
    request.destroy();

    expect((await onlyOutcome())?.metrics).toEqual({ abandoned: 1 });
  });

  it('that refuses the caller with a 4xx is exposed, and no failure of the variant', async () => {
    const response = await fetch(`${decorated.address}/refused`);

    expect(response.status).toBe(404);
    expect(decorated.assignments.exposed).toHaveLength(1);
    await fetch(`${decorated.address}/plain`);
    expect((await onlyOutcome())?.metrics).toEqual(answered);
  });

  it.each([
    [
      'validated',
      400,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":1}' },
    ],
    ['forbidden', 403, {}],
    ['nowhere', 404, {}],
  ])('exposes and records nobody when %s is answered %i before it', async (path, status, request) => {
    const response = await fetch(`${decorated.address}/${path}`, request);

    expect(response.status).toBe(status);
    expect(response.headers.has('assay-experiment')).toBe(false);
    expect(response.headers.has('set-cookie')).toBe(false);
    await fetch(`${decorated.address}/plain`);
    await onlyOutcome();
    expect(decorated.assignments.exposed).toHaveLength(1);
  });

  it('only ever peeks, so that asking is no exposure', async () => {
    await fetch(`${decorated.address}/plain`);

    expect(decorated.assignments.asked.map(({ options }) => options?.peek)).toEqual([true]);
  });

  it('gives its answer the whole assignment, ready to be serialised', async () => {
    const body = await (await fetch(`${decorated.address}/plain`)).json();
    const outcome = await onlyOutcome();
    const unit = outcome?.assignment.unitId;

    expect(body).toEqual({
      variant: {
        experiment: 'exp_summarize_v2',
        variant: 'treatment',
        config: { model: 'model of treatment', examples: ['treatment'] },
        reason: 'split',
        token: `exp_summarize_v2~${unit}~${outcome?.interaction}`,
      },
    });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
