import type { CatalogueEntry } from '../../catalogue/catalogue.js';
import type { Experiment } from '../../experiments/experiment.js';
import { comparesWithControl, guardedRule, type GuardedRule } from '../../experiments/guarded-rule.js';

/** One variant's mean that an e-process holds against a threshold. */
export interface WatchedMean {
  /** What its evidence is stored under. */
  readonly name: string;
  readonly variant: string;
  readonly entry: CatalogueEntry;
  readonly side: GuardedRule['side'];
  /** The least value, and how far the greatest lies above it. */
  readonly low: number;
  readonly width: number;
  /** Where the rule's threshold lies on the scale of harm, from 0 to 1. */
  readonly threshold: number;
}

/** Names the evidence on a rule and a variant: a new threshold begins anew. */
export function evidenceName({ metric, side, threshold }: GuardedRule, variant: string): string {
  return `${variant} ${metric} ${side} ${threshold}`;
}

/**
 * What an experiment's e-processes watch: every variant under every guardrail on a metric whose values have a least and a
 * greatest one. (Others have a confidence sequence alone.)
 *
 * @example watchedMeans(experiment, (key) => catalogue.get(key))[0]?.name // 'control error above 0.1'
 */
export function watchedMeans(
  { guardrails, variants }: Pick<Experiment, 'guardrails' | 'variants'>,
  entryOf: (key: string) => CatalogueEntry | undefined,
): WatchedMean[] {
  const rules = guardrails.filter((guardrail) => !comparesWithControl(guardrail)).map(guardedRule);
  const all = rules.flatMap((rule) => {
    const entry = entryOf(rule.metric);
    const scale = entry && scaleOf(entry, rule);
    if (!entry || !scale) return [];
    return variants.map(({ key }): WatchedMean => {
      return { name: evidenceName(rule, key), variant: key, entry, side: rule.side, ...scale };
    });
  });
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

function scaleOf(
  { metric: { kind, min, max } }: CatalogueEntry,
  { side, threshold }: GuardedRule,
): Pick<WatchedMean, 'low' | 'width' | 'threshold'> | null {
  if (kind === 'ratio' || kind === 'quantile') return null;
  const [low, high] = kind === 'proportion' ? [0, 1] : [min, max];
  if (low === null || high === null || !(low < high)) return null;
  const width = high - low;
  const harm = side === 'above' ? (threshold - low) / width : (high - threshold) / width;
  return harm > 0 && harm < 1 ? { low, width, threshold: harm } : null;
}
