import { z } from 'zod';
import { percentage } from '../experiments/admission.schema.js';
import { duration, experimentKey } from '../experiments/experiment.schema.js';

const stage = z.strictObject({ percent: percentage.gt(0), hold: duration.optional() });

/** The reference article's schedule: a day at 75 %, two at 95 %, then everyone. */
export const articleStages = [
  { percent: 75, hold: 'PT24H' },
  { percent: 95, hold: 'PT48H' },
  { percent: 100 },
];

/** Body of `POST /v1/experiments/{key}/rollout`. */
export const StartRollout = z
  .strictObject({
    winner: experimentKey,
    remainder: z.enum(['others', 'control']).default('others'),
    stages: z.array(stage).min(1, 'a rollout has one stage at least').max(20).default(articleStages),
  })
  .meta({ id: 'StartRollout' });
