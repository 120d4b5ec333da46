import { z } from 'zod';
import { metricKey } from '../../catalogue/metric.schema.js';
import { duration, experimentKey } from '../../experiments/experiment.schema.js';

/** Body of `POST /v1/experiments/{key}/guardrails/override`. */
export const OverrideGuardrail = z
  .strictObject({
    metric: metricKey,
    variant: experimentKey.optional(),
    until: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .optional(),
    for: duration.optional(),
    reason: z.string({ error: 'say why; it is kept with the decision' }).trim().min(1).max(2000),
  })
  .refine(({ until, for: length }) => (until === undefined) !== (length === undefined), {
    message: 'give exactly one of "until", an instant, and "for", a duration such as "PT2H"',
  })
  .meta({ id: 'OverrideGuardrail' });

export type OverrideRequest = z.output<typeof OverrideGuardrail>;
