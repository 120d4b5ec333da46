import { z } from 'zod';
import type { GenerationLogSetting } from './generation-log.js';

/** Of the units whose texts are logged under `sampled`, where nothing else is said. */
const defaultShare = 0.1;

const mode = z.enum(['full', 'sampled', 'metadata', 'off']);

/** `"full"`, or with the share of a sample: `{ "mode": "sampled", "share": 0.05 }`. */
export const generationLog = z
  .union(
    [mode, z.strictObject({ mode, share: z.number().min(0).max(1).default(defaultShare) })],
    'use "full", "sampled", "metadata" or "off", or a sample with its share such as {"mode": "sampled", "share": 0.1}',
  )
  .transform((given): GenerationLogSetting =>
    typeof given === 'string' ? { mode: given, share: defaultShare } : given,
  );
