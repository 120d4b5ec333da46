import { z } from 'zod';
import { allocation, experimentKey } from '../experiments/experiment.schema.js';

const [, bandit] = allocation.options;

const fixed = z.strictObject({
  mode: z.literal('fixed'),
  weights: z.record(experimentKey, z.number().min(0).max(1e6)).optional(),
});

/** Body of `PUT /v1/experiments/{key}/allocation`. */
export const SetAllocation = z.discriminatedUnion('mode', [fixed, bandit]).meta({ id: 'SetAllocation' });
