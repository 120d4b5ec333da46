import { inspect } from 'node:util';
import fc from 'fast-check';
import type { ExposurePayload } from '../../src/bucketing/exposure-payload.js';
import { signToken, verifyToken } from '../../src/bucketing/exposure-token.js';
import { tokenSecrets } from '../../src/bucketing/token-secret.js';
import { AssayError } from '../../src/operations/assay-error.js';

const present = 'the present secret of the test';
const earlier = 'an earlier secret of the test';
const secrets = tokenSecrets([present]);

const alphabet = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-'];
const key = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 64 });
const uuid = fc.uuid({ version: [1, 4, 7] });
const payloads: fc.Arbitrary<ExposurePayload> = fc.record({
  experiment: key,
  variant: fc.option(key),
  unitKey: uuid,
  epoch: fc.integer({ min: 0, max: 0xffffff }),
  phase: fc.integer({ min: 0, max: 0xffff }),
  interaction: uuid,
  issuedAt: fc.integer({ min: 0, max: 0xffffffffffff }),
  propensity: fc.option(fc.integer({ min: 0, max: 10_000 }).map((slots) => slots / 10_000)),
});

const payload: ExposurePayload = {
  experiment: 'exp_summarize_v2',
  variant: 'treatment',
  unitKey: 'ba7816bf-8f01-cfea-4141-40de5dae2223',
  epoch: 3,
  phase: 0,
  interaction: '0198f3a2-7c1e-7b44-9d0a-4f2b6c8e1a55',
  issuedAt: Date.parse('2026-01-05T12:00:00Z'),
  propensity: 0.3333,
};

function refusalOf(text: string, by = secrets): AssayError {
  try {
    verifyToken(by, text);
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('an exposure token', () => {
  it('gives back any payload it was signed for, exactly', () => {
    fc.assert(
      fc.property(payloads, (any) => {
        expect(verifyToken(secrets, signToken(secrets, any))).toEqual(any);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps a propensity that is no number of slots to nine decimals', () => {
    const token = signToken(secrets, { ...payload, propensity: 1 / 3 });
    expect(verifyToken(secrets, token).propensity).toBe(0.333333333);
  });

  it('is shorter than 220 characters with the longest keys, and safe in URLs, headers and cookies', () => {
    const token = signToken(secrets, { ...payload, experiment: 'e'.repeat(64), variant: 'v'.repeat(64) });
    expect(token.length).toBe(218);
    expect(token).toMatch(/^[A-Za-z0-9_.~-]+$/);
  });

  it('is refused after any of 10,000 random changes of a single character', () => {
    const token = signToken(secrets, payload);
    const character = fc.constantFrom(...alphabet, '~', '=', '+', '/', ' ', '\0', 'é', '😀');
    const change = fc.tuple(
      fc.nat(token.length - 1),
      character,
      fc.constantFrom('replace', 'insert', 'delete'),
    );
    fc.assert(
      fc.property(change, ([place, by, kind]) => {
        const inserted = kind === 'delete' ? '' : by;
        const changed = token.slice(0, place) + inserted + token.slice(kind === 'insert' ? place : place + 1);
        fc.pre(changed !== token);
        expect(refusalOf(changed).code).toBe('INVALID_TOKEN');
      }),
      { numRuns: 10_000 },
    );
  });

  it('cannot be made to name another variant, experiment or group by moving the border between keys', () => {
    const token = signToken(secrets, { ...payload, experiment: 'ab', variant: 'c' });
    expect(refusalOf(token.replace('ab~c~', 'a~bc~')).code).toBe('INVALID_TOKEN');
    expect(refusalOf(token.replace('ab~c~', 'ab~~')).code).toBe('INVALID_TOKEN');
  });

  it('is refused by another secret', () => {
    const refusal = refusalOf(signToken(secrets, payload), tokenSecrets([earlier]));
    expect(refusal.code).toBe('INVALID_TOKEN');
    expect(refusal.message).not.toContain(earlier);
  });

  it('is verified by every secret of a rotation and signed by the first', () => {
    const rotating = tokenSecrets([present, earlier]);
    expect(verifyToken(rotating, signToken(tokenSecrets([earlier]), payload))).toEqual(payload);
    expect(signToken(rotating, payload)).toBe(signToken(secrets, payload));
  });

  it('is refused in a format of the future', () => {
    const [experiment, variant, body = ''] = signToken(secrets, payload).split('~');
    const bytes = Buffer.from(body, 'base64url');
    bytes.writeUInt8(2, 0);
    expect(refusalOf(`${experiment}~${variant}~${bytes.toString('base64url')}`).message).toContain(
      'format 2',
    );
  });

  it('is refused as INVALID_TOKEN, whatever garbage comes in its place', () => {
    const body = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 88, maxLength: 88 });
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ minLength: 100_000, maxLength: 100_000 }),
      fc.tuple(key, key, body).map((parts) => parts.join('~')),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        expect(refusalOf(text).code).toBe('INVALID_TOKEN');
      }),
    );
  });

  it.each<[string, Partial<ExposurePayload>]>([
    ['an experiment key of 65 characters', { experiment: 'e'.repeat(65) }],
    ['a variant key with the separator', { variant: 'a~b' }],
    ['a unit key that is no UUID', { unitKey: 'user-1' }],
    ['an interaction that is no UUID', { interaction: 'click' }],
    ['an epoch that is no whole number', { epoch: 1.5 }],
    ['a phase below 0', { phase: -1 }],
    ['a time of issue that is no number', { issuedAt: Number.NaN }],
    ['a propensity above 1', { propensity: 1.01 }],
  ])('is not signed for %s', (_, wrong) => {
    expect(() => signToken(secrets, { ...payload, ...wrong })).toThrow(/cannot hold/);
  });
});

describe('tokenSecrets', () => {
  it('refuses an empty list and a short secret', () => {
    expect(() => tokenSecrets([])).toThrow(/at least one secret/);
    expect(() => tokenSecrets([present, 'hunter2'])).toThrow('Token secret 2 has 7 characters');
  });

  it('shows nothing of a secret that is logged by accident', () => {
    expect(JSON.stringify(secrets) + inspect(secrets)).not.toContain(present);
  });
});
