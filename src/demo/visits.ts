import { seededRandom } from '../llm/simulated/seeded-random.js';
import { dayMilliseconds } from '../operations/duration.js';
import { arrivalTimes, usersOn } from './arrival-times.js';
import type { Story } from './story.js';

/** A user's first visit, before anybody knows which variant it meets. */
export interface Arrival {
  readonly story: Story;
  readonly unit: string;
  readonly at: Date;
  /** Whether what the model is asked and answers is logged whole. */
  readonly logged: boolean;
}

/**
 * Who comes on the day that begins at `midnight`, to all experiments that were started by then, earliest first.
 *
 * @param now nobody comes later
 * @example arrivalsOn(midnight, stories, { seed: 1, now })[0]?.unit // 'simulated-ticket-summary-3-0', three days ago
 */
export function arrivalsOn(
  midnight: Date,
  stories: readonly Story[],
  { seed, now }: { readonly seed: number; readonly now: Date },
): Arrival[] {
  // Counted back from today, so that the same seed tells the same stories on whatever day.
  const day = Math.floor(now.getTime() / dayMilliseconds) - Math.floor(midnight.getTime() / dayMilliseconds);
  const all = stories.flatMap((story) => {
    const { key } = story.definition;
    const started = startOf(story, now);
    if (started === null) return [];
    const random = seededRandom(`assay demo ${seed}, ${key}, day ${day}`);
    const times = arrivalTimes(midnight, usersOn(midnight, story.usersPerDay), random);
    const every = Math.ceil(times.length / Math.max(1, story.loggedPerDay ?? 0));
    return times.flatMap((at, index): Arrival[] => {
      if (at <= started || at > now) return [];
      const logged = story.loggedPerDay !== undefined && index % every === 0;
      return [{ story, unit: `simulated-${key}-${day}-${index}`, at, logged }];
    });
  });
  return all.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * When an experiment of the demo was started; null = never.
 *
 * @example startOf(story, new Date('2026-11-22T10:00:00Z')) // 18 days earlier
 */
export function startOf({ startedDaysAgo }: Story, now: Date): Date | null {
  return startedDaysAgo === null ? null : new Date(now.getTime() - startedDaysAgo * dayMilliseconds);
}
