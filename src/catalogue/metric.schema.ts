import { z } from 'zod';

export const metricKey = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,64}$/, 'use 1 to 64 letters, digits, "_", "." or "-"');

/** Body of `POST /v1/metrics`. */
export const CreateMetric = z
  .strictObject({
    key: metricKey,
    kind: z.enum(['mean', 'mean-per-unit', 'proportion', 'ratio', 'quantile']),
    direction: z.enum(['increase', 'decrease']),
    category: z.enum(['quality', 'performance', 'cost', 'engagement', 'reliability']),
    unit: z.string().max(32).default(''),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
    cap: z.number().nullable().default(null),
    missing: z.enum(['exclude', 'zero']).default('exclude'),
    fromClient: z.boolean().default(false),
    numerator: metricKey.nullable().default(null),
    denominator: metricKey.nullable().default(null),
    quantile: z.number().gt(0).lt(1).nullable().default(null),
    labels: metricKey.nullable().default(null),
  })
  .refine((metric) => metric.min === null || metric.max === null || metric.min < metric.max, {
    path: ['max'],
    message: 'max must be greater than min',
  })
  .refine((metric) => metric.cap === null || metric.min === null || metric.cap >= metric.min, {
    path: ['cap'],
    message: 'every value above cap counts as cap, so it must not be below min: raise cap or lower min',
  })
  .refine((metric) => metric.cap === null || metric.max === null || metric.cap <= metric.max, {
    path: ['cap'],
    message: 'values above max are refused, so a cap above it does nothing: lower cap or raise max',
  })
  .refine((metric) => metric.kind !== 'proportion' || (metric.min !== null && metric.min >= 0), {
    path: ['min'],
    message:
      'a proportion asks whether a unit had any positive event: set min to 0, so that none cancels another',
  })
  .refine(
    (metric) => (metric.kind === 'ratio') === (metric.numerator !== null && metric.denominator !== null),
    {
      path: ['numerator'],
      message: 'numerator and denominator belong to kind "ratio", both of them, and to no other kind',
    },
  )
  .refine((metric) => (metric.kind === 'quantile') === (metric.quantile !== null), {
    path: ['quantile'],
    message: 'kind "quantile" says which one, such as 0.95, and no other kind has one',
  })
  .refine((metric) => metric.kind !== 'quantile' || metric.missing === 'exclude', {
    path: ['missing'],
    message: 'a quantile is one of events, and a unit without an event has none to count: set "exclude"',
  })
  .refine((metric) => metric.labels === null || metric.kind === 'mean' || metric.kind === 'mean-per-unit', {
    path: ['labels'],
    message: 'labels correct a mean: set kind to "mean" or "mean-per-unit", or leave them out',
  })
  .refine((metric) => metric.labels === null || metric.missing === 'exclude', {
    path: ['missing'],
    message: 'labels correct the scores that there are, and a unit without any has none: set "exclude"',
  })
  .meta({ id: 'Metric' });

/** A metric as an application writes it in code: the body of `POST /v1/metrics`. */
export type MetricDefinition = z.input<typeof CreateMetric>;
