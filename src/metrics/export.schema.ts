import { z } from 'zod';

export const ExportQuery = z.strictObject({ kind: z.enum(['assignments', 'outcomes', 'generations']) });
export type ExportRequest = z.output<typeof ExportQuery>;
export type ExportKind = ExportRequest['kind'];
