import { z } from 'zod';

export const SummarizeRequest = z
  .strictObject({ text: z.string().max(100_000).regex(/\S/, 'give the text to summarize') })
  .meta({ id: 'SummarizeRequest' });

export const RatingRequest = z
  .strictObject({
    experimentId: z.string().min(1).max(64),
    rating: z.number().min(1).max(5),
    token: z.string().min(1).max(512).optional(),
  })
  .meta({ id: 'RatingRequest' });

export type SummarizeBody = z.output<typeof SummarizeRequest>;
export type RatingBody = z.output<typeof RatingRequest>;
