import { z } from 'zod';

/** Query of `GET …/results/time`, which takes none. */
export const TimeQuery = z.strictObject({});
export type TimeQuery = z.output<typeof TimeQuery>;
