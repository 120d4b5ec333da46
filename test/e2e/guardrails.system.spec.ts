import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

const three = [
  { key: 'control', config: { systemPrompt: 'A' } },
  { key: 'shorter', config: { systemPrompt: 'B' } },
  { key: 'longer', config: { systemPrompt: 'C' } },
];

describe('guardrails over HTTP', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const start = async (key: string, rest: object) => {
    const created = await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: three,
      metrics: { primary: 'user_rating' },
      ...rest,
    });
    expect(created.status).toBe(201);
    await server.call('POST', `/v1/experiments/${key}/start`, {});
  };
  /** Serves so many units; their outcomes are what `metricsOf` says of a variant and a unit. */
  const serve = async (
    experiment: string,
    units: readonly string[],
    metricsOf: (variant: string, place: number) => object,
  ) => {
    const outcomes = [];
    for (const [place, unit] of units.entries()) {
      const { body } = await server.call('POST', '/v1/assignments', { experiment, unit });
      const id = `${unit} ${Math.random()}`;
      outcomes.push({ id, token: body.token, metrics: metricsOf(body.variant, place) });
    }
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).status).toBe(202);
  };
  const people = (name: string, count: number) =>
    Array.from({ length: count }, (_, unit) => `${name}-${unit}`);
  /** The job's next look, at most eleven seconds after the last. */
  const look = async () => {
    server.advance(11_000);
    await server.app.get(GuardrailJob, { strict: false }).tick();
  };
  const read = async (key: string, path = '') =>
    (await server.call('GET', `/v1/experiments/${key}${path}`)).body;
  const decisions = async (key: string) => (await read(key, '/decisions')).decisions;
  const guardrails = [{ metric: 'error', above: 0.1, action: 'zero' }];

  it('finds harm within fifteen seconds of the outcomes, and keeps how the evidence grew', async () => {
    await start('found', { guardrails: [{ metric: 'error', above: 0.1, action: 'pause' }] });
    await serve('found', people('well', 60), () => ({ error: 0 }));
    await look();
    expect(await read('found')).toMatchObject({ status: 'running' });
    await serve('found', people('ill', 90), (variant) => ({ error: variant === 'longer' ? 1 : 0 }));
    await look();
    expect(await read('found')).toMatchObject({ status: 'paused' });
    const { verdicts } = await read('found', '/guardrails');
    const longer = verdicts.find(({ variant }: { variant: string }) => variant === 'longer');
    expect(longer).toMatchObject({ status: 'breached', path: [{ eValue: expect.any(Number) }, {}] });
    expect(longer.path[0].eValue).toBeLessThan(1);
    expect(longer.eValue).toBeGreaterThan(1 / longer.eValueAlpha);
    expect((await decisions('found'))[0]).toMatchObject({
      actor: 'guardrail',
      action: 'pause',
      evidence: { breached: [{ variant: 'longer', path: longer.path }] },
    });
  });

  it('takes each outcome in once, however many looks there are, and a unit once for each copy', async () => {
    await start('once', { guardrails: [{ metric: 'error', above: 0.1, action: 'warn' }] });
    const unit = people('one', 1);
    await serve('once', unit, () => ({ error: 1 }));
    await look();
    const seen = async () => {
      const { verdicts } = await read('once', '/guardrails');
      return verdicts.find(({ path }: { path: unknown[] }) => path.length > 0);
    };
    const first = await seen();
    expect(first).toMatchObject({ path: [{ observations: 1 }] });
    await look();
    await look();
    expect((await seen()).path).toHaveLength(1);
    await serve('once', unit, () => ({ error: 1 }));
    await look();
    // Taken in, but not bet on again: its values resemble each other.
    expect(await seen()).toMatchObject({ eValue: first.eValue, path: [{}, { observations: 2 }] });
  });

  it('says nothing while nothing is measured', async () => {
    await start('silent', { guardrails: [{ metric: 'user_rating', below: 3, action: 'kill' }] });
    await serve('silent', people('quiet', 60), () => ({ latency_ms: 100 }));
    await look();
    expect(await read('silent')).toMatchObject({ status: 'running' });
    const { verdicts } = await read('silent', '/guardrails');
    expect(verdicts.map(({ status }: { status: string }) => status)).toEqual(Array(3).fill('insufficient'));
  });

  it('gives a harmful variant no more weight, once, and the others what it had', async () => {
    await start('zero', { guardrails });
    await serve('zero', people('z', 150), (variant) => ({ error: variant === 'longer' ? 1 : 0 }));
    await look();
    await look();
    const { currentEpoch, status } = await read('zero');
    expect(status).toBe('running');
    expect(currentEpoch).toMatchObject({ number: 2, cause: 'guardrail' });
    expect(currentEpoch.weights).toEqual({
      control: expect.closeTo(0.5, 3),
      shorter: expect.closeTo(0.5, 3),
      longer: 0,
    });
    expect((await decisions('zero')).map(({ action }: { action: string }) => action)).toEqual([
      'zero',
      'start',
      'create',
    ]);
  });

  it('pauses where control itself does harm, and says why', async () => {
    await start('control-harms', { guardrails });
    await serve('control-harms', people('c', 150), () => ({ error: 1 }));
    await look();
    expect(await read('control-harms')).toMatchObject({ status: 'paused' });
    expect((await decisions('control-harms'))[0].reason).toMatch(
      /^control cannot be left without units, so all are paused: /,
    );
  });

  it('rolls back to control: everyone on the fallback, and no other weight for when it is resumed', async () => {
    await start('back', { guardrails: [{ metric: 'error', above: 0.1, action: 'roll-back' }] });
    await serve('back', people('b', 150), (variant) => ({ error: variant === 'shorter' ? 1 : 0 }));
    await look();
    expect(await read('back')).toMatchObject({
      status: 'paused',
      currentEpoch: { cause: 'guardrail', weights: { control: 1, shorter: 0, longer: 0 } },
    });
  });

  it('compares with control: a rating surely worse by more than the margin pauses', async () => {
    const relative = { metric: 'user_rating', worseThanControlBy: 0.1, relative: true, action: 'pause' };
    await start('beside', { guardrails: [relative] });
    await serve('beside', people('r', 240), (variant, place) => ({
      user_rating: variant === 'longer' ? 2 + (place % 2) : 4 + (place % 2),
    }));
    await look();
    expect(await read('beside')).toMatchObject({ status: 'paused' });
    const { verdicts } = await read('beside', '/guardrails');
    expect(
      verdicts.map(({ variant, status }: { variant: string; status: string }) => [variant, status]),
    ).toEqual([
      ['shorter', 'ok'],
      ['longer', 'breached'],
    ]);
    expect((await decisions('beside'))[0].reason).toContain('control and the margin');
  });

  describe('a person overriding one', () => {
    const override = (key: string, body: object) =>
      server.call('POST', `/v1/experiments/${key}/guardrails/override`, body);

    it('keeps it from acting until then, and is on record', async () => {
      await start('overridden', { guardrails: [{ metric: 'error', above: 0.1, action: 'pause' }] });
      const harm = {
        metric: 'error',
        variant: 'longer',
        for: 'PT1H',
        reason: 'the provider is back in ten minutes',
      };
      const answer = await override('overridden', harm);
      expect(answer.status).toBe(200);
      expect(answer.body.overrides).toMatchObject([
        { metric: 'error', variant: 'longer', reason: harm.reason, actor: 'person:local' },
      ]);
      await serve('overridden', people('o', 150), (variant) => ({ error: variant === 'longer' ? 1 : 0 }));
      await look();
      expect(await read('overridden')).toMatchObject({ status: 'running' });
      const { verdicts } = await read('overridden', '/guardrails');
      expect(verdicts[2]).toMatchObject({
        status: 'breached',
        overriddenUntil: answer.body.overrides[0].until,
      });
      expect((await decisions('overridden'))[0]).toMatchObject({
        action: 'override guardrail',
        reason: harm.reason,
      });
      server.advance(3_600_000);
      await look();
      expect(await read('overridden')).toMatchObject({ status: 'paused' });
      expect((await read('overridden', '/guardrails')).overrides).toEqual([]);
    });

    it('is refused without a reason, for a guardrail that is none, and for a time that has passed', async () => {
      await start('kept', { guardrails: [{ metric: 'error', above: 0.1, action: 'pause' }] });
      const pointersOf = async (body: object) => {
        const { status, body: problem } = await override('kept', body);
        expect(status).toBe(400);
        return problem.errors.map(({ pointer }: { pointer: string }) => pointer);
      };
      expect(await pointersOf({ metric: 'error', for: 'PT1H' })).toEqual(['/reason']);
      expect(await pointersOf({ metric: 'error', for: 'PT1H', reason: '  ' })).toEqual(['/reason']);
      expect(await pointersOf({ metric: 'error', reason: 'why' })).toEqual(['']);
      expect(
        await pointersOf({
          metric: 'user_rating',
          variant: 'gone',
          until: '2020-01-01T00:00:00Z',
          reason: 'why',
        }),
      ).toEqual(['/metric', '/variant', '/until']);
      expect((await decisions('kept'))[0]).toMatchObject({ action: 'start' });
    });
  });

  it.each([
    [{ metric: 'error', action: 'warn' }, 'give exactly one of'],
    [{ metric: 'error', above: 0.1, worseThanControlBy: 0.1, action: 'warn' }, 'give exactly one of'],
    [{ metric: 'error', above: 0.1, relative: true, action: 'warn' }, '"relative" says'],
    [{ metric: 'latency_ms', quantile: 0.95, worseThanControlBy: 100, action: 'warn' }, 'compares means'],
  ])('refuses a guardrail that is none: %j', async (guardrail, message) => {
    const { status, body } = await server.call('POST', '/v1/experiments', {
      key: 'refused',
      control: 'control',
      variants: three,
      metrics: { primary: 'user_rating' },
      guardrails: [guardrail],
    });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      { pointer: '/guardrails/0', message: expect.stringContaining(message) },
    ]);
  });
});
