import { z } from 'zod';
import { duration, experimentKey } from '../experiments/experiment.schema.js';
import { durationMilliseconds, isDuration } from '../operations/duration.js';

const longest = durationMilliseconds('P30D');

function isGoodFor(text: string): boolean {
  if (!isDuration(text)) return true;
  return durationMilliseconds(text) >= 1_000 && durationMilliseconds(text) <= longest;
}

/** Body of `POST /v1/experiments/{key}/force`. */
export const Force = z
  .strictObject({
    variant: experimentKey,
    expires: duration
      .refine(isGoodFor, {
        message: 'a pass is good for a second at least and 30 days at most',
      })
      .default('PT1H'),
  })
  .meta({ id: 'Force' });

export type ForceBody = z.output<typeof Force>;
