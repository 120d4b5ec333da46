import { z } from 'zod';
import { unitId } from '../bucketing/assignment.schema.js';
import { experimentKey } from '../experiments/experiment.schema.js';
import { instant, outcomeId, sentMetrics } from './outcome.schema.js';

/** One line of an import: a unit met a variant, and perhaps what was measured then. */
export const ImportLine = z
  .strictObject({
    unit: unitId,
    variant: experimentKey,
    at: instant,
    id: outcomeId.optional(),
    propensity: z.number().gt(0).max(1).optional(),
    metrics: sentMetrics.optional(),
    attributes: z
      .record(z.string().max(64), z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]))
      .optional(),
  })
  .meta({ id: 'ImportLine' });

export type ImportedLine = z.output<typeof ImportLine>;
