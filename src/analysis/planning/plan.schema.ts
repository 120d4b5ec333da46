import { z } from 'zod';
import { metricKey } from '../../catalogue/metric.schema.js';
import { duration, experimentKey } from '../../experiments/experiment.schema.js';

const baseline = z
  .strictObject({
    from: experimentKey.optional(),
    mean: z.number().min(-1e15).max(1e15).optional(),
    standardDeviation: z.number().min(1e-12).max(1e15).optional(),
    eventsPerUnit: z.number().min(1).max(1e6).optional(),
    intraclassCorrelation: z.number().min(0).max(1).optional(),
  })
  .refine(
    ({ from, mean, ...spread }) => (from === undefined ? mean !== undefined : isEmpty({ mean, ...spread })),
    {
      message:
        'give {"mean", "standardDeviation"}, for a share {"mean"} alone, or {"from": "<experiment key>"} alone',
    },
  )
  .refine(
    ({ intraclassCorrelation, eventsPerUnit }) =>
      intraclassCorrelation === undefined || eventsPerUnit !== undefined,
    {
      path: ['eventsPerUnit'],
      message: 'an intraclassCorrelation is of several events of a unit: say how many a unit has',
    },
  );

const unitsPerDay = z.union([z.number().gt(0).max(1e9), z.strictObject({ from: experimentKey })], {
  error: 'give a positive number of new units a day, or {"from": "<experiment key>"}',
});

const effect = z.number().min(1e-12).max(1e15);

const percent = z.number().gt(0).max(100);

/** Body of `POST /v1/plans`. */
export const CreatePlan = z
  .strictObject({
    experiment: experimentKey.optional(),
    metric: metricKey.optional(),
    minimumEffect: effect.optional(),
    relativeEffect: z.number().min(1e-6).max(1e6).optional(),
    effects: z
      .array(effect)
      .max(4)
      .optional()
      .describe('Differences whose power is asked for, by the number of units: powerCurves in the answer.'),
    baseline: baseline.optional(),
    unitsPerDay: unitsPerDay.optional(),
    variants: z.number().int().min(2).max(64).optional(),
    weights: z.array(z.number().positive().max(1e6)).min(2).max(64).optional(),
    alpha: z.number().min(0.0001).max(0.5).optional(),
    power: z.number().min(0.5).max(0.9999).optional(),
    sequential: z.enum(['planned', 'open', 'none']).optional(),
    looks: z.number().int().min(1).max(30).default(14),
    covariateCorrelation: z.number().min(-0.99).max(0.99).default(0),
    coverage: percent.optional(),
    holdback: z.number().min(0).max(50).optional(),
    window: duration.optional(),
    maximumDays: z.number().positive().max(365).optional(),
    unitsPerVariant: z.number().int().min(2).max(1e9).optional(),
  })
  .refine((plan) => plan.minimumEffect === undefined || plan.relativeEffect === undefined, {
    path: ['relativeEffect'],
    message: 'give minimumEffect or relativeEffect, not both',
  })
  .refine((plan) => !plan.weights || plan.variants === undefined || plan.weights.length === plan.variants, {
    path: ['weights'],
    message: 'give as many weights as there are variants, the control first',
  })
  .meta({ id: 'CreatePlan' });

function isEmpty(fields: Readonly<Record<string, unknown>>): boolean {
  return Object.values(fields).every((value) => value === undefined);
}
