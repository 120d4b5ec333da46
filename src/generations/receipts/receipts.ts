import type { GenerationLogSetting } from '../../experiments/generation-log.js';
import { fallbackGroup, type Receipt } from './receipt.js';

/** One model as it answered for a variant. */
export interface AnsweringModel {
  readonly variant: string;
  readonly requestedModel: string;
  /** As it names itself. */
  readonly model: string;
  /** The version behind that name, where the provider says one. */
  readonly fingerprint: string | null;
  readonly generations: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** What was really served, over all generations of an experiment, logged or not. */
export interface Receipts {
  /** What is logged of them, and of which share of the units under `sampled`. */
  readonly log: GenerationLogSetting;
  readonly generations: number;
  /** Answered by another model than the one asked for; a dated version of its name is the same one. */
  readonly otherModel: number;
  /** Sent with another config than the variant's. */
  readonly otherConfig: number;
  /** Answered by the variant's `fallbackConfig`, because its own generation had failed. */
  readonly fallbacks: number;
  /** Answered with the experiment's fallback, for no variant was served. */
  readonly withoutVariant: number;
  /** Those whose prompt was read from the provider's cache, at least in part. */
  readonly cacheReads: number;
  /** Lost: neither logged nor among the others. */
  readonly dropped: number;
  /** Who answered in the test, by variant, the first that did so first. */
  readonly models: readonly AnsweringModel[];
}

/** The phase in which variants are compared. */
const testPhase = 0;

/**
 * The receipts of an experiment together.
 *
 * @example receiptsTogether([], { mode: 'full', share: 0.1 }, 0).generations // 0
 */
export function receiptsTogether(
  receipts: readonly Receipt[],
  log: GenerationLogSetting,
  dropped: number,
): Receipts {
  const count = (wanted: (receipt: Receipt) => boolean) =>
    receipts.filter(wanted).reduce((sum, { generations }) => sum + generations, 0);
  return {
    log,
    generations: count(() => true),
    otherModel: count(({ requestedModel, model }) => model !== '' && !isVersionOf(model, requestedModel)),
    otherConfig: count(({ variant, asConfigured }) => variant !== fallbackGroup && !asConfigured),
    fallbacks: receipts.reduce((sum, { fallbacks }) => sum + fallbacks, 0),
    withoutVariant: count(({ variant }) => variant === fallbackGroup),
    cacheReads: receipts.reduce((sum, { cacheReads }) => sum + cacheReads, 0),
    dropped,
    models: answeringModels(receipts),
  };
}

function answeringModels(receipts: readonly Receipt[]): AnsweringModel[] {
  const models = new Map<string, AnsweringModel>();
  for (const receipt of receipts) {
    const { variant, requestedModel, model, phase } = receipt;
    if (phase !== testPhase || model === '' || variant === fallbackGroup) continue;
    const fingerprint = receipt.fingerprint === '' ? null : receipt.fingerprint;
    const key = JSON.stringify([variant, requestedModel, model, fingerprint]);
    const { generations, firstAt, lastAt } = models.get(key) ?? { ...receipt, generations: 0 };
    models.set(key, {
      variant,
      requestedModel,
      model,
      fingerprint,
      generations: generations + receipt.generations,
      firstAt: firstAt < receipt.firstAt ? firstAt : receipt.firstAt,
      lastAt: lastAt > receipt.lastAt ? lastAt : receipt.lastAt,
    });
  }
  return [...models.values()].sort(
    (a, b) => a.variant.localeCompare(b.variant) || a.firstAt.getTime() - b.firstAt.getTime(),
  );
}

/**
 * Whether a model that answered is the one asked for: by name, or as a dated version of that name.
 *
 * @example isVersionOf('gpt-5-2025-08-07', 'gpt-5') // true
 */
export function isVersionOf(model: string, requested: string): boolean {
  // Routers put the maker's name before the model's.
  const [name, asked] = [model, requested].map((text) => text.slice(text.lastIndexOf('/') + 1));
  if (name === asked) return true;
  return /^-(\d{8}|\d{4}-\d{2}-\d{2}|\d{4})$/.test(
    name?.startsWith(asked ?? '') ? name.slice(asked?.length) : '',
  );
}
