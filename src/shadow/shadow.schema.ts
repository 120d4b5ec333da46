import { z } from 'zod';
import { experimentKey, experimentKeyFor } from '../experiments/experiment-key.schema.js';

/** Body of `POST /v1/experiments/{key}/shadow`. */
export const StartShadow = z
  .strictObject({
    config: z
      .record(z.string(), z.unknown())
      .refine(
        (config) => Object.keys(config).length > 0,
        'is empty; give what the candidate is to be, as in a variant: {"model": "…", "systemPrompt": "…"}',
      ),
    share: z.number().gt(0).max(1).default(1),
    limit: z.number().int().min(1).max(10_000).default(100),
    budgetUsd: z
      .number({ error: 'give what the run may cost in US dollars, or null for no budget' })
      .positive()
      .max(1e6)
      .nullable(),
  })
  .meta({ id: 'StartShadow' });
export type StartShadowBody = z.output<typeof StartShadow>;

/** Body of `POST /v1/experiments/{key}/shadow/experiment`. */
export const StartCandidate = z
  .strictObject({
    key: experimentKeyFor('the new experiment needs a key of its own, such as "exp_summarize_v3"'),
    run: z.uuid().optional(),
    variant: experimentKey.default('candidate'),
    start: z.boolean().default(true),
  })
  .meta({ id: 'StartCandidate' });
export type StartCandidateBody = z.output<typeof StartCandidate>;
