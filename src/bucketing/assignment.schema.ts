import { z } from 'zod';
import { experimentKey } from '../experiments/experiment.schema.js';

/** A unit's id, as the application knows it. */
export const unitId = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}]*$/u, 'control characters are not allowed');

const attributes = z.record(
  z.string().max(64),
  z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]),
);

export const AssignmentRequest = z
  .strictObject({
    experiment: experimentKey,
    unit: unitId,
    attributes: attributes.optional(),
    token: z.string().max(512).optional(),
    peek: z.boolean().default(false),
    explain: z.boolean().default(false),
  })
  .meta({ id: 'AssignmentRequest' });

export const AssignmentBatchRequest = z
  .strictObject({
    unit: unitId,
    experiments: z.array(experimentKey).max(1000).optional(),
    attributes: attributes.optional(),
    peek: z.boolean().default(false),
  })
  .meta({ id: 'AssignmentBatchRequest' });

export const AssignmentQuery = z.strictObject({ experiment: experimentKey, unit: unitId });

export type AssignmentBody = z.output<typeof AssignmentRequest>;
export type AssignmentBatchBody = z.output<typeof AssignmentBatchRequest>;
export type AssignmentLookup = z.output<typeof AssignmentQuery>;
