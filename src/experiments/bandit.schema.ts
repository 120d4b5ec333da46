import { z } from 'zod';
import { metricKey } from '../catalogue/metric.schema.js';
import { attributeName } from '../targeting/targeting.schema.js';

const constraint = z
  .strictObject({
    metric: metricKey,
    quantile: z.number().gt(0).lt(1).optional(),
    atMost: z.number().optional(),
    atLeast: z.number().optional(),
  })
  .refine((value) => (value.atMost === undefined) !== (value.atLeast === undefined), {
    message: 'give exactly one of "atMost" and "atLeast"',
  });

const utility = z
  .record(metricKey, z.number())
  .refine((weights) => Object.keys(weights).length > 0, 'give at least one metric its weight')
  .refine((weights) => Object.keys(weights).length <= 8, 'weigh 8 metrics at most');

/** What a bandit raises: a metric, a weighted sum of metrics, or a metric under conditions. */
export const reward = z.union(
  [
    metricKey,
    z.strictObject({ utility }),
    z.strictObject({ maximise: metricKey, subjectTo: z.array(constraint).min(1).max(8) }),
  ],
  {
    error:
      'give a metric, such as "user_rating"; a weighted sum, such as {"utility": {"user_rating": 1, "cost_usd": -20}}; or a metric under ' +
      'conditions, such as {"maximise": "user_rating", "subjectTo": [{"metric": "cost_usd", "atMost": 0.02}]}, each with exactly one of "atMost" and "atLeast"',
  },
);

export const burnIn = z.strictObject({
  unitsPerVariant: z.number().int().min(2).max(1e9).default(100),
  rewards: z.number().int().min(1).max(1e9).optional(),
  hours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional(),
});

const segments = z.strictObject({
  attributes: z
    .array(attributeName)
    .min(1)
    .max(4)
    .describe(
      'Names of attributes, such as language and plan; each next one parts the leaves of the one before.',
    ),
  minimumUnits: z
    .number()
    .int()
    .min(2)
    .max(1e9)
    .optional()
    .describe('Units that every variant needs in a segment before it becomes a leaf; 200 without it.'),
  maximumLeaves: z.number().int().min(1).max(32).optional().describe('The most leaves; 8 without it.'),
});

/**
 * What a bandit may be told beside its reward. Without defaults here, so that a definition in code and what is stored stay as
 * they were written; see `banditSettings`.
 */
export const banditChoices = {
  maximumStep: z
    .number()
    .min(0.01)
    .max(1)
    .optional()
    .describe('The most that any share moves in one step; 1 without it.'),
  controlShare: z
    .number()
    .min(0)
    .max(0.9)
    .optional()
    .describe('Share of new units reserved for control; without it control has the floor alone.'),
  discount: z
    .enum(['never', 'on-drift'])
    .optional()
    .describe('Whether older units count less once the drift test fires; never without it.'),
  objective: z
    .enum(['reward', 'best-variant'])
    .optional()
    .describe('Earn most on the way (without it), or find the best variant soonest and stop.'),
  onJump: z
    .enum(['freeze', 'ignore'])
    .optional()
    .describe("What a sudden jump of one variant's reward does; freeze without it."),
  segments: segments
    .optional()
    .describe(
      'Weights of their own for segments of units, by declared attributes; one set for everyone without it.',
    ),
};
