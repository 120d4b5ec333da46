/** Something others may hold a copy of has changed: what kind of thing, which one, and its new version. */
export interface Change {
  readonly topic: string;
  readonly key: string;
  readonly version: number;
}

/** Changes may have been missed: whoever holds a copy reads it again. */
export const resync: Change = { topic: 'resync', key: '', version: 0 };

/** A change on its way to other processes, with the process that made it. */
export interface SentChange extends Change {
  readonly origin: string;
}

/** The text of a change on a channel. */
export function writeChange(change: Change, origin: string): string {
  const { topic, key, version } = change;
  return JSON.stringify({ topic, key, version, origin } satisfies SentChange);
}

/**
 * What a channel's text says, or null when it is not a change: anybody may write to a channel.
 *
 * @example readChange('{"topic":"experiment","key":"a","version":3,"origin":"p1"}')?.version // 3
 */
export function readChange(text: string): SentChange | null {
  try {
    const { topic, key, version, origin } = JSON.parse(text) as Partial<SentChange>;
    const whole = typeof topic === 'string' && typeof key === 'string' && typeof origin === 'string';
    if (!whole || typeof version !== 'number' || !Number.isSafeInteger(version)) return null;
    return { topic, key, version, origin };
  } catch {
    return null;
  }
}
