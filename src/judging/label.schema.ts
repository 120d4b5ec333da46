import { z } from 'zod';
import { experimentKey } from '../experiments/experiment-key.schema.js';

/** Query of `GET /v1/labels`. */
export const LabelQueue = z.strictObject({
  experiment: experimentKey,
  limit: z.coerce.number().int().min(1).max(100).default(10),
});
export type LabelQueueQuery = z.output<typeof LabelQueue>;

/** Body of `POST /v1/labels`. */
export const CreateLabel = z
  .strictObject({
    generation: z.uuid(),
    value: z.number(),
    by: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters are not allowed'),
  })
  .meta({ id: 'CreateLabel' });
export type LabelRequest = z.output<typeof CreateLabel>;
