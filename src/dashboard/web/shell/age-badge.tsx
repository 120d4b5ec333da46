import { useNow } from './now.js';
import { heardAt } from '../api/live.js';
import { ageOf } from '../format/time.js';

/** How old what is shown may be. */
export function AgeBadge() {
  const now = useNow(1_000);
  const at = heardAt.value;
  return (
    <span class="age" data-stale={at === null || now - at > 5_000 ? 'true' : undefined}>
      {at === null ? (
        'connecting'
      ) : (
        <>
          <span class="age-of">as of </span>
          {ageOf(now - at)}
        </>
      )}
    </span>
  );
}
