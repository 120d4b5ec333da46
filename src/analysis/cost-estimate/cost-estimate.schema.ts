import { z } from 'zod';
import { experimentKey } from '../../experiments/experiment-key.schema.js';

/** What may be known better than the experiment itself knows it. */
export const CostEstimateRequest = z.strictObject({
  units: z.coerce.number().int().min(1).max(1e12).optional(),
  requestsPerUnit: z.coerce.number().gt(0).max(1e9).optional(),
  inputTokens: z.coerce.number().min(0).max(1e9).default(500),
  from: experimentKey.optional(),
});
export type CostEstimateQuery = z.output<typeof CostEstimateRequest>;
