import { receiptWarnings } from '../../../src/analysis/health/receipt-warnings.js';
import type { Receipt } from '../../../src/generations/receipts/receipt.js';
import { isVersionOf, receiptsTogether } from '../../../src/generations/receipts/receipts.js';

const log = { mode: 'full', share: 0.1 } as const;
const receipt = (changes: Partial<Receipt> = {}): Receipt => ({
  variant: 'treatment',
  phase: 0,
  requestedModel: 'haiku',
  model: 'haiku-20260101',
  fingerprint: '',
  asConfigured: true,
  generations: 10,
  fallbacks: 0,
  cacheReads: 0,
  firstAt: new Date('2026-03-01T00:00:00Z'),
  lastAt: new Date('2026-03-05T00:00:00Z'),
  ...changes,
});
const later = { firstAt: new Date('2026-03-05T10:00:00Z'), lastAt: new Date('2026-03-09T00:00:00Z') };
const codes = (receipts: Receipt[], dropped = 0) =>
  receiptWarnings(receiptsTogether(receipts, log, dropped)).map(({ code }) => code);

describe('receipts', () => {
  it('add up what was served otherwise than written down', () => {
    const together = receiptsTogether(
      [
        receipt({ cacheReads: 3 }),
        receipt({ model: 'opus', generations: 2, fallbacks: 2 }),
        receipt({ asConfigured: false, generations: 4 }),
        receipt({ variant: '$fallback', asConfigured: false, generations: 5 }),
        receipt({ model: '', generations: 1 }),
      ],
      log,
      7,
    );
    expect(together).toMatchObject({
      generations: 22,
      otherModel: 2,
      otherConfig: 4,
      fallbacks: 2,
      withoutVariant: 5,
      cacheReads: 3,
      dropped: 7,
    });
  });

  it.each([
    ['haiku', 'haiku', true],
    ['haiku-20260101', 'haiku', true],
    ['gpt-5-2025-08-07', 'gpt-5', true],
    ['gpt-5-mini', 'gpt-5', false],
    ['gpt-5', 'openai/gpt-5', true],
    ['opus', 'haiku', false],
  ])('know %s as a version of %s: %s', (model, requested, expected) => {
    expect(isVersionOf(model, requested)).toBe(expected);
  });

  it('say since when a variant is answered by another model under the same name', () => {
    const changed = [receipt(), receipt({ model: 'haiku-20260305', ...later })];
    const [warning] = receiptWarnings(receiptsTogether(changed, log, 0));
    expect(warning).toEqual({
      code: 'MODEL_CHANGED',
      message:
        'treatment: haiku was answered by haiku-20260101, and by haiku-20260305 since 2026-03-05T10:00:00.000Z. ' +
        'Answers before and after are not of one model; a difference may be the change.',
    });
  });

  it('see a change of the fingerprint alone', () => {
    const changed = [receipt({ fingerprint: 'fp_1' }), receipt({ fingerprint: 'fp_2', ...later })];
    expect(receiptWarnings(receiptsTogether(changed, log, 0))[0]?.message).toContain(
      'by haiku-20260101 (fp_2) since 2026-03-05T10:00:00.000Z',
    );
  });

  it('warn of nothing that is as it should be', () => {
    expect(
      codes([receipt(), receipt({ variant: 'control', model: 'opus', requestedModel: 'opus' })]),
    ).toEqual([]);
    // A rollout is no part of the test, and who failed never said who it was.
    expect(codes([receipt(), receipt({ phase: 1, model: 'opus' }), receipt({ model: '' })])).toEqual([]);
  });

  it('warn of other configs and of losses', () => {
    expect(codes([receipt({ asConfigured: false })], 1)).toEqual(['CONFIG_MISMATCH', 'GENERATIONS_DROPPED']);
  });
});
