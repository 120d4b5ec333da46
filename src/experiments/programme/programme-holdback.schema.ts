import { z } from 'zod';
import { percentage } from '../admission.schema.js';

/** Body of `PUT /v1/programme/holdback`. */
export const SetProgrammeHoldback = z
  .strictObject({
    percent: percentage.gt(0).max(50),
    reason: z.string().max(2000).default(''),
  })
  .meta({ id: 'SetProgrammeHoldback' });
export type SetProgrammeHoldbackBody = z.output<typeof SetProgrammeHoldback>;
