import { z } from 'zod';
import { experimentKey } from '../experiments/experiment.schema.js';

const reason = z.string().max(2000);

export const Reason = z
  .strictObject({ reason: reason.default('') })
  .prefault({})
  .meta({ id: 'Reason' });
export const KillReason = z
  .strictObject({ reason: reason.min(1, 'say why; it is kept with the decision') })
  .meta({ id: 'KillReason' });
export const Conclude = z
  .strictObject({ variant: experimentKey.optional(), reason: reason.default('') })
  .prefault({})
  .meta({ id: 'Conclude' });
export const Clone = z.strictObject({ key: experimentKey.optional() }).prefault({}).meta({ id: 'Clone' });

export type ReasonBody = z.output<typeof Reason>;
export type ConcludeBody = z.output<typeof Conclude>;
export type CloneBody = z.output<typeof Clone>;
