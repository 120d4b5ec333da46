import { z } from 'zod';

export const ExportQuery = z.strictObject({ kind: z.enum(['assignments', 'outcomes']) });
export type ExportRequest = z.output<typeof ExportQuery>;
