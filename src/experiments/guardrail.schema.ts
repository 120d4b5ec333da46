import { z } from 'zod';
import { metricKey } from '../catalogue/metric.schema.js';
import { guardrailActions } from './guardrail.js';

/** A guardrail as it is sent: with exactly one bound. */
export const guardrail = z
  .strictObject({
    metric: metricKey,
    quantile: z.number().gt(0).lt(1).optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    worseThanControlBy: z.number().positive().optional(),
    relative: z.boolean().optional(),
    action: z.enum(guardrailActions),
  })
  .superRefine(({ above, below, worseThanControlBy, relative, quantile }, context) => {
    const given = [above, below, worseThanControlBy].filter((bound) => bound !== undefined);
    if (given.length !== 1) {
      context.addIssue('give exactly one of "above", "below" and "worseThanControlBy"');
    }
    if (relative !== undefined && worseThanControlBy === undefined) {
      context.addIssue(
        '"relative" says that worseThanControlBy is a share of control\'s mean; give that, or leave it out',
      );
    }
    if (quantile !== undefined && worseThanControlBy !== undefined) {
      context.addIssue(
        'worseThanControlBy compares means; for a quantile give "above" or "below", or leave "quantile" out',
      );
    }
  });
