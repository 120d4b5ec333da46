import type { Problem } from '../api/request.js';

export interface ReadingProps {
  /** Such as `the results`. */
  readonly what: string;
  /** Why it is not there; null while it is on its way. */
  readonly problem: Problem | null;
}

/** Stands for what is not there yet. */
export function Reading({ what, problem }: ReadingProps) {
  return (
    <p class="empty" aria-busy={problem === null}>
      {problem?.message ?? `Reading ${what}…`}
    </p>
  );
}
