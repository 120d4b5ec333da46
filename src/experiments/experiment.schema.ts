import { z } from 'zod';
import { metricKey } from '../catalogue/metric.schema.js';
import { durationMilliseconds, isDuration } from '../operations/duration.js';
import { attributeName, targetingRule } from '../targeting/targeting.schema.js';
import { forced, layer, percentage } from './admission.schema.js';
import { budget } from './budget.schema.js';
import { banditChoices, burnIn, reward } from './bandit.schema.js';
import { experimentKey } from './experiment-key.schema.js';
import { generationLog } from './generation-log.schema.js';
import { guardrail } from './guardrail.schema.js';
import { judge } from './judge.schema.js';

export { experimentKey };

const longestDuration = durationMilliseconds('P3653D');

export const duration = z
  .string()
  .max(64)
  .refine(
    isDuration,
    'use an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as "P7D" or "PT1H"',
  )
  .refine((text) => !isDuration(text) || durationMilliseconds(text) <= longestDuration, {
    message: 'is longer than ten years',
  });

/** Memory is compared with the database every second; some late comparisons must close nothing. */
const leastPatience = 5_000;
const patience = duration.refine((text) => !isDuration(text) || durationMilliseconds(text) >= leastPatience, {
  message: 'the database is asked every second and may be late; use "PT5S" or longer',
});

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const config = z.record(z.string().max(128), z.unknown());

const variant = z.strictObject({
  key: experimentKey,
  name: z.string().max(200).optional(),
  weight: z.number().min(0).max(1e6).optional(),
  promptVersion: z.string().max(128).nullable().default(null),
  config: config.default({}),
});

const covariate = z.union(
  [
    z.strictObject({ attribute: attributeName }),
    z.strictObject({ metric: metricKey, before: duration.default('P28D') }),
  ],
  {
    error:
      'give what was known of a unit before: an attribute sent with its assignment, such as {"attribute": "plan"}, or a ' +
      'metric of the time before, such as {"metric": "user_rating", "before": "P28D"}, and not both',
  },
);

const metrics = z.strictObject({
  primary: z.union([metricKey, z.array(metricKey).min(1).max(8)]),
  secondary: z.array(metricKey).max(50).default([]),
  minimumEffect: z.number().positive().nullable().default(null),
  margin: z.number().positive().nullable().default(null),
  window: duration.default('P7D'),
  covariate: covariate.nullable().default(null),
});

const plan = z.strictObject({
  alpha: z.number().min(0.0001).max(0.5).default(0.05),
  power: z.number().min(0.5).max(0.9999).default(0.8),
  minimumDays: z.number().min(0).max(365).default(14),
  maximumDays: z.number().positive().max(365).default(60),
  unitsPerVariant: z.number().int().positive().max(1e9).nullable().default(null),
  maximumCostRatio: z.number().positive().nullable().default(null),
  decision: z.string().max(2000).default(''),
});

export const rampStep = z.strictObject({
  after: duration.optional(),
  coverage: percentage,
  units: z.number().int().positive().max(1e12).optional(),
  approval: z.boolean().optional(),
});

/** Steps in their order; one without a time of its own is due with the one before it, once its other conditions hold. */
const ramp = z
  .array(rampStep)
  .max(50)
  .transform((steps) => {
    let last = 'P0D';
    return steps.map((step) => ({ ...step, after: (last = step.after ?? last) }));
  });

export const allocation = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('fixed') }),
  z.strictObject({
    mode: z.literal('bandit'),
    reward,
    floor: z.number().min(0).max(0.5).default(0.01),
    every: duration.default('PT1H'),
    burnIn: burnIn.default({ unitsPerVariant: 100 }),
    ...banditChoices,
  }),
]);

/** Body of `POST /v1/experiments`; also what an application registers in code. */
export const CreateExperiment = z
  .strictObject({
    key: experimentKey,
    name: z.string().min(1).max(200).optional(),
    description: z.string().max(10_000).default(''),
    hypothesis: z.string().max(10_000).default(''),
    unit: z.enum(['user', 'session', 'conversation', 'tenant', 'request']).default('user'),
    source: z.enum(['live', 'imported']).default('live'),
    demonstration: z.boolean().default(false),
    coverage: percentage.default(100),
    holdback: percentage.max(50).default(0),
    hash: z.enum(['murmur3-v1', 'md5-v1']).default('murmur3-v1'),
    targeting: targetingRule.nullable().default(null),
    forced: forced.default({}),
    layer: layer.nullable().default(null),
    control: experimentKey,
    fallback: config.optional(),
    variants: z.array(variant).min(2, 'an experiment compares two variants at least').max(64),
    metrics,
    plan: plan.prefault({}),
    guardrails: z.array(guardrail).max(50).optional(),
    budget: budget.nullable().default(null),
    ramp: ramp.default([]),
    allocation: allocation.default({ mode: 'fixed' }),
    failClosedAfter: patience.nullable().default(null),
    generationLog: generationLog.nullable().default(null),
    configSchema: z.record(z.string(), z.unknown()).nullable().default(null),
    judge: judge.nullable().default(null),
    startsAt: instant.nullable().default(null),
    endsAt: instant.nullable().default(null),
  })
  .meta({ id: 'CreateExperiment' });

/** The same fields, each optional and none filled in. */
function withoutDefaults<Shape extends z.ZodRawShape>(shape: Shape) {
  const bare = Object.entries(shape).map(([key, schema]) => {
    const inner =
      schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
    return [key, (inner as z.ZodType).optional()];
  });
  return Object.fromEntries(bare) as { [Key in keyof Shape]: z.ZodOptional<z.ZodType<z.output<Shape[Key]>>> };
}

/** Body of `PATCH /v1/experiments/{key}`: any part of a draft; of a started experiment only what may still change. */
export const PatchExperiment = z
  .strictObject({
    ...withoutDefaults(CreateExperiment.omit({ key: true, source: true, demonstration: true }).shape),
    admission: z.enum(['open', 'closed']).optional(),
    reason: z.string().min(1).max(2000).optional(),
  })
  .meta({ id: 'PatchExperiment' });

export type ExperimentRequest = z.output<typeof CreateExperiment>;
/** What an application writes in code: only the required fields, in their JSON form. */
export type ExperimentDefinition = z.input<typeof CreateExperiment>;
export type ExperimentPatchRequest = z.output<typeof PatchExperiment>;

/** Query of `GET …/epochs` and `GET …/decisions`: a page of a history, the newest first. */
export const HistoryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  cursor: z.coerce.number().int().min(0).optional(),
});
export type HistoryQuery = z.output<typeof HistoryQuery>;

export const ListExperiments = z.strictObject({
  status: z
    .enum([
      'draft',
      'scheduled',
      'running',
      'paused',
      'rolling-out',
      'concluded',
      'archived',
      'killed',
      'imported',
    ])
    .optional(),
  stale: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().min(0).default(0),
});
export type ExperimentListQuery = z.output<typeof ListExperiments>;
