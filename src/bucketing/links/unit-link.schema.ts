import { z } from 'zod';
import { unitId } from '../assignment.schema.js';

/** Body of `POST /v1/units/link`: the id by which a person was known before, and the one from now on. */
export const LinkUnits = z.strictObject({ anonymous: unitId, unit: unitId }).meta({ id: 'LinkUnits' });
export type LinkUnitsBody = z.output<typeof LinkUnits>;
