import { z } from 'zod';
import { metricKey } from '../../catalogue/metric.schema.js';
import { durationMilliseconds, isDuration } from '../../operations/duration.js';

/** Query of `GET …/replay`. */
export const ReplayQuery = z.strictObject({
  reward: metricKey
    .optional()
    .describe("A metric; the bandit's own reward, else the primary metric, without it."),
  every: z
    .string()
    .refine(isDuration, 'use an ISO 8601 duration such as PT1H')
    .refine((text) => !isDuration(text) || durationMilliseconds(text) >= 1_000, 'use a second or more')
    .default('PT1H'),
});
export type ReplayQuery = z.output<typeof ReplayQuery>;
