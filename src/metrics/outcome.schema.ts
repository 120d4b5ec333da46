import { z } from 'zod';
import { unitId } from '../bucketing/assignment.schema.js';
import { experimentKey } from '../experiments/experiment.schema.js';

const text = (length: number, error?: string) =>
  z
    .string(error)
    .min(1)
    .max(length)
    .regex(/^[^\p{Cc}]*$/u, 'control characters are not allowed');

const token = text(512, 'must be a string: the token as it came with the answer');

/** What the sender calls an outcome. */
export const outcomeId = text(200).refine(
  (id) => !id.startsWith('$'),
  'ids that begin with "$" are reserved',
);

export const sentMetrics = z
  .record(z.string().min(1).max(64), z.union([z.number(), z.boolean()]))
  .refine((metrics) => Object.keys(metrics).length > 0, 'give one metric at least')
  .refine((metrics) => Object.keys(metrics).length <= 64, 'give 64 metrics at most');

/** When something happened. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at))
  .refine((at) => at.getTime() >= 0, 'lies before 1970');

/** One item of `POST /v1/outcomes`; each is accepted or refused on its own. */
export const OutcomeItem = z
  .strictObject({
    id: outcomeId,
    token: token.optional(),
    experiment: experimentKey.optional(),
    unit: unitId.optional(),
    interaction: text(128).optional(),
    at: instant.optional(),
    metrics: sentMetrics,
    tags: z.record(z.string().max(64), z.string().max(256)).optional(),
  })
  .refine(
    (item) => (item.token === undefined) !== (item.experiment === undefined && item.unit === undefined),
    {
      message: 'give either "token", or "experiment" and "unit"',
    },
  )
  .refine((item) => item.token !== undefined || (item.experiment !== undefined && item.unit !== undefined), {
    message: 'without a token, both "experiment" and "unit" are needed',
  })
  .meta({ id: 'OutcomeItem' });

/** Body of `POST /v1/outcomes`. The items are read one by one, so that a bad one harms no other. */
export const OutcomesRequest = z.strictObject({ outcomes: z.array(z.unknown()).min(1).max(5_000) });

/** The same for people and tools that read the API's description. */
export const outcomesDescription = z.toJSONSchema(z.strictObject({ outcomes: z.array(OutcomeItem) }), {
  io: 'input',
  unrepresentable: 'any',
  target: 'openapi-3.0',
});

/** Body of `POST /v1/feedback`. */
export const FeedbackRequest = z
  .strictObject({
    token,
    metrics: sentMetrics.optional(),
    /** What became of the answer under the user's hands; compared with the logged answer, and not kept. */
    finalText: z.string().max(200_000).optional(),
  })
  .refine((body) => body.metrics !== undefined || body.finalText !== undefined, {
    message: 'give "metrics", "finalText" or both',
  })
  .refine((body) => body.finalText === undefined || body.metrics?.['edit_distance'] === undefined, {
    path: ['metrics', 'edit_distance'],
    message: 'is computed from "finalText"; leave one of the two out',
  })
  .meta({ id: 'FeedbackRequest' });

export type SentOutcome = z.output<typeof OutcomeItem>;
export type FeedbackBody = z.output<typeof FeedbackRequest>;
