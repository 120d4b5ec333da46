import { randomUUID } from 'node:crypto';
import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import type { ExposurePayload } from '../../src/bucketing/exposure-payload.js';
import { signToken } from '../../src/bucketing/exposure-token.js';
import { TokenService } from '../../src/bucketing/token.service.js';
import { tokenSecrets } from '../../src/bucketing/token-secret.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

const key = 'exp_tokens';

describe('a token', () => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [
        { key: 'control', config: { systemPrompt: 'Be brief.' } },
        { key: 'treatment', config: { systemPrompt: 'Be thorough.' } },
      ],
      metrics: { primary: 'user_rating', secondary: ['latency_ms'], window: 'PT1H' },
    });
    expect(await server.call('POST', `/v1/experiments/${key}/start`)).toMatchObject({ status: 200 });
  }, 120_000);
  afterAll(() => server.close());

  const payload = (change: Partial<ExposurePayload> = {}): ExposurePayload => ({
    experiment: key,
    variant: 'treatment',
    unitKey: unitKey(randomUUID()),
    epoch: 1,
    phase: 0,
    interaction: randomUUID(),
    issuedAt: Date.now() - 1_000,
    propensity: 0.5,
    ...change,
  });
  const sign = (change: Partial<ExposurePayload> = {}) =>
    server.app.get(TokenService).sign(payload(change)) ?? '';
  const outcome = (token: string) =>
    server.call('POST', '/v1/outcomes', { outcomes: [{ id: 'a', token, metrics: { latency_ms: 5 } }] });
  const feedback = (token: string) =>
    server.call('POST', '/v1/feedback', { token, metrics: { user_rating: 5 } });
  const pinOf = async (unit: string) => {
    const { id } = await server.app.get(ExperimentsService).find(key);
    return server.app
      .get(ExposureStore)
      .findPins([{ experimentId: id, unit }])
      .then(([pin]) => pin ?? null);
  };

  it('proves an exposure whose row is missing, and the outcome writes it', async () => {
    const unit = unitKey('exposed elsewhere');
    const issuedAt = Date.now() - 60_000;
    expect(await pinOf(unit)).toBeNull();
    const sent = await outcome(sign({ unitKey: unit, issuedAt }));
    expect(sent).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect(await pinOf(unit)).toMatchObject({
      variant: 'treatment',
      epoch: 1,
      exposedAt: new Date(issuedAt),
    });
  });

  it('does so for feedback from a browser too', async () => {
    const unit = unitKey('rated elsewhere');
    expect(await feedback(sign({ unitKey: unit }))).toMatchObject({ status: 202 });
    expect(await pinOf(unit)).toMatchObject({ variant: 'treatment' });
  });

  it('of an unknown secret, changed, of another experiment, or expired is refused, and writes nothing', async () => {
    const unit = unitKey('nobody');
    const genuine = sign({ unitKey: unit });
    const foreign = signToken(
      tokenSecrets(['another installation’s secret of 32 letters']),
      payload({ unitKey: unit }),
    );
    const refusals: [string, string, string][] = [
      ['foreign', foreign, 'INVALID_TOKEN'],
      ['another variant', genuine.replace('~treatment~', '~control~'), 'INVALID_TOKEN'],
      ['another experiment', genuine.replace(key, 'exp_loop'), 'INVALID_TOKEN'],
      ['cut', genuine.slice(0, -1), 'INVALID_TOKEN'],
      ['another last byte', genuine.slice(0, -4) + 'AAAA', 'INVALID_TOKEN'],
      ['nonsense', 'nonsense', 'INVALID_TOKEN'],
      ['expired', sign({ unitKey: unit, issuedAt: Date.now() - 3_600_001 }), 'TOKEN_EXPIRED'],
      [
        'of an experiment that is not here',
        sign({ unitKey: unit, experiment: 'exp_gone' }),
        'EXPERIMENT_NOT_FOUND',
      ],
    ];
    for (const [name, token, code] of refusals) {
      const { status, body } = await outcome(token);
      expect({ name, status, code: body.results[0].code }).toEqual({ name, status: 207, code });
      const rated = await feedback(token);
      expect({ name, code: rated.body.code, refused: rated.status >= 400 && rated.status < 500 }).toEqual({
        name,
        code,
        refused: true,
      });
    }
    expect(await pinOf(unit)).toBeNull();
  });

  it('needs no key and speaks for its own unit only', async () => {
    const { body } = await server.call('POST', '/v1/assignments', { experiment: key, unit: 'someone' });
    const both = {
      id: 'b',
      token: body.token,
      experiment: key,
      unit: 'someone else',
      metrics: { latency_ms: 1 },
    };
    const sent = await server.call('POST', '/v1/outcomes', { outcomes: [both] });
    expect(sent.body.results[0]).toMatchObject({ status: 'refused', code: 'INVALID_REQUEST' });
  });
});
