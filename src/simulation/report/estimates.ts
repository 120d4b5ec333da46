import type { Estimate, MetricLine } from './simulation-result.js';

/** As much of a report's metric as is shown. */
export interface ReportedMetric {
  readonly key: string;
  readonly variants: readonly {
    readonly key: string;
    readonly units: number;
    readonly provisional: number;
    readonly mean: number | null;
    readonly interval: [number, number] | null;
  }[];
  readonly comparisons: readonly {
    readonly variant: string;
    readonly difference: number | null;
    readonly interval: [number, number] | null;
    readonly sequential: { readonly interval: [number, number] } | null;
  }[];
}

/** The variants compared, with their true mean ratings. */
export interface Truth {
  readonly control: string;
  readonly treatment: string;
  readonly controlMean: number;
  readonly effect: number;
}

/**
 * What the users were given beside what the report found: both means, and their difference.
 *
 * @example estimatesOf(metric, truth).at(-1)?.name // 'treatment − control'
 */
export function estimatesOf(metric: ReportedMetric | undefined, truth: Truth): Estimate[] {
  const { control, treatment, controlMean, effect } = truth;
  const mean = (key: string, value: number): Estimate => {
    const row = metric?.variants.find((variant) => variant.key === key);
    return {
      name: key,
      truth: value,
      estimate: row?.mean ?? null,
      interval: row?.interval ?? null,
      sequentialInterval: null,
      units: row?.units ?? null,
    };
  };
  const compared = metric?.comparisons.find(({ variant }) => variant === treatment);
  return [
    mean(control, controlMean),
    mean(treatment, controlMean + effect),
    {
      name: `${treatment} − ${control}`,
      truth: effect,
      estimate: compared?.difference ?? null,
      interval: compared?.interval ?? null,
      sequentialInterval: compared?.sequential?.interval ?? null,
      units: null,
    },
  ];
}

/** A metric's means by variant, and the treatment's difference. */
export function metricLine({ key, variants, comparisons }: ReportedMetric, treatment: string): MetricLine {
  const compared = comparisons.find(({ variant }) => variant === treatment);
  return {
    key,
    means: Object.fromEntries(variants.map((variant) => [variant.key, variant.mean])),
    difference: compared?.difference ?? null,
    interval: compared?.interval ?? null,
  };
}
