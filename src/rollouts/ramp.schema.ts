import { z } from 'zod';

/** Body of `POST /v1/experiments/{key}/ramp/approve`: the coverage of the step to approve, the next one by default. */
export const ApproveRamp = z
  .strictObject({
    coverage: z.number().min(0).max(100).optional(),
    reason: z.string().max(2000).default(''),
  })
  .prefault({})
  .meta({ id: 'ApproveRamp' });
export type ApproveRampBody = z.output<typeof ApproveRamp>;
