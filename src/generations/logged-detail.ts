import { hash } from 'node:crypto';
import type { GenerationLogSetting } from '../experiments/generation-log.js';

/** What is written of one generation: everything, everything but texts, or nothing. */
export type LoggedDetail = 'full' | 'metadata' | 'off';

/**
 * What is written of a unit's generations. Who is in a sample depends on unit and salt alone, so the same units are in it
 * under every variant, and it has nothing to do with who got which.
 *
 * @param subject the unit's id, or the generation's own where nobody is known
 * @example loggedDetail({ mode: 'metadata', share: 0.1 }, 'salt', 'user-1') // 'metadata'
 */
export function loggedDetail(
  { mode, share }: GenerationLogSetting,
  salt: string,
  subject: string,
): LoggedDetail {
  if (mode !== 'sampled') return mode;
  const draw = Number.parseInt(hash('sha256', `generation-log:${salt}:${subject}`, 'hex').slice(0, 8), 16);
  return draw / 2 ** 32 < share ? 'full' : 'metadata';
}
