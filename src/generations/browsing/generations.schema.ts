import { z } from 'zod';

const score = z
  .string()
  .regex(/^[+-]?\d+(\.\d+)?$/, 'write a number, such as 2.5')
  .transform(Number);

export const ListGenerations = z
  .strictObject({
    variant: z.string().min(1).max(64).optional(),
    outcome: z.enum(['finished', 'failed', 'abandoned']).optional(),
    unit: z.string().min(1).max(1024).optional(),
    judgeScoreAtLeast: score.optional(),
    judgeScoreAtMost: score.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: z.uuid().optional(),
    measured: z.enum(['true', 'false']).optional(),
  })
  .refine(
    ({ judgeScoreAtLeast = -Infinity, judgeScoreAtMost = Infinity }) => judgeScoreAtLeast <= judgeScoreAtMost,
    {
      path: ['judgeScoreAtLeast'],
      message: 'is above "judgeScoreAtMost", so no score is within; swap the two',
    },
  );
export type GenerationListQuery = z.output<typeof ListGenerations>;
