import type { ExposedTotal, MetricTotal } from '../../metrics/totals.js';
import type { UnitRow } from '../../statistics/collect-moments.js';
import { mergeMoments } from '../../statistics/merge-moments.js';
import type { VariantData } from './metric-data.js';

/** Totals as they were read: of every metric and variant, whether per epoch or added up. */
export interface Totals {
  readonly exposed: readonly ExposedTotal[];
  readonly moments: readonly MetricTotal[];
}

/**
 * What each variant did on one metric, taken from totals; `epochs` limits it to some weight epochs.
 *
 * @example variantData(['control', 'treatment'], 'user_rating', totals)[0]?.moments.units; // 4801
 */
export function variantData(
  variants: readonly string[],
  metric: string,
  { exposed, moments }: Totals,
  rows: readonly (UnitRow & { readonly variant: string })[] | null = null,
  epochs: readonly number[] | null = null,
): VariantData[] {
  const counts = (epoch: number | null) => epochs === null || (epoch !== null && epochs.includes(epoch));
  return variants.map((variant) => {
    const own = moments.filter(
      (total) => total.metric === metric && total.variant === variant && counts(total.epoch),
    );
    const met = exposed.filter((total) => total.variant === variant && counts(total.epoch));
    return {
      variant,
      exposed: met.reduce((sum, { units }) => sum + units, 0),
      moments: mergeMoments(own.map((total) => total.moments)),
      rows: rows && rows.filter((row) => row.variant === variant),
    };
  });
}
