import { z } from 'zod';

/** Query of `GET …/results` and `GET …/report.md`. */
export const ResultsQuery = z.strictObject({
  asOf: z.iso
    .datetime({ offset: true, error: 'use an RFC 3339 instant such as 2026-01-31T12:00:00Z' })
    .transform((text) => new Date(text))
    .optional(),
});
export type ResultsQuery = z.output<typeof ResultsQuery>;

/** Query of `GET …/results/series`. */
export const SeriesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(400),
  cursor: z.coerce.number().int().min(0).default(0),
});
export type SeriesQuery = z.output<typeof SeriesQuery>;
