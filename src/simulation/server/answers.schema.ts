import { z } from 'zod';

/** What a simulation reads of the server's answers; everything else in them is left alone. */
export const AssignmentAnswer = z.object({
  variant: z.string().nullable(),
  reason: z.string(),
  epoch: z.number().nullable(),
  token: z.string().nullable(),
});

export const SummaryAnswer = z.object({
  summary: z.string(),
  experiment: z.object({ id: z.string(), variant: z.string(), token: z.string() }).nullable(),
});

export const OutcomesAnswer = z.object({ accepted: z.number(), duplicates: z.number() });

export const StepAnswer = z.object({ changed: z.boolean(), outcome: z.string(), reason: z.string() });

export const EpochsAnswer = z.object({
  epochs: z.array(
    z.object({
      number: z.number(),
      cause: z.string(),
      startedAt: z.string(),
      weights: z.record(z.string(), z.number()),
      evidence: z.record(z.string(), z.unknown()),
    }),
  ),
});

const interval = z.tuple([z.number(), z.number()]).nullable();

const measured = z.object({
  key: z.string(),
  units: z.number(),
  provisional: z.number(),
  mean: z.number().nullable(),
  interval,
});

const compared = z.object({
  variant: z.string(),
  difference: z.number().nullable(),
  interval,
  sequential: z.object({ interval: z.tuple([z.number(), z.number()]) }).nullable(),
});

export const ReportAnswer = z.object({
  status: z.string(),
  health: z.object({
    outsideWindow: z.number(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
  metrics: z.array(
    z.object({
      key: z.string(),
      role: z.string(),
      variants: z.array(measured),
      comparisons: z.array(compared),
    }),
  ),
  recommendation: z.object({ action: z.string(), variant: z.string().nullable(), reason: z.string() }),
});

export const ProblemAnswer = z.object({ code: z.string(), detail: z.string() });
