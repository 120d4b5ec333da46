import { database, heardAt } from '../api/live.js';
import { ageOf } from '../format/time.js';
import { useNow } from './now.js';

/** Says it where the figures are old: the server does not answer, or its database is away. */
export function StaleBanner() {
  const now = useNow(1_000);
  const silent = heardAt.value === null ? 0 : now - heardAt.value;
  const reason =
    silent > 4_000
      ? `The server has not been heard for ${ageOf(silent).replace(/\.? ago$/, '')}.`
      : database.value === 'away'
        ? 'The database is away: assignments go on, and what happens now is counted when it is back.'
        : null;
  return (
    <div role="status" class="banner-place">
      {reason && <p class="banner">{reason} Figures below are those of before.</p>}
    </div>
  );
}
