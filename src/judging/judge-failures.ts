/** How often a judge failed of late. */
export interface JudgeFailures {
  /** Judgements that ended in the last day, at most as many as are looked at. */
  readonly judged: number;
  readonly failed: number;
  /** Null = too few to tell. */
  readonly share: number | null;
  /** By error, the most frequent first. */
  readonly errors: readonly { readonly error: string; readonly count: number }[];
}

/** The latest judgements, by which a judge is judged itself. */
export const latestJudgements = 100;
export const latestMilliseconds = 86_400_000;
const enoughJudgements = 10;

/** Above this share of failures the scores that did come say nothing: those that failed may be the bad ones. */
export const tolerableFailures = 0.2;

/**
 * The failures among the latest judgements.
 *
 * @example judgeFailures([{ error: null, count: 8 }, { error: 'malformed', count: 2 }]).share // 0.2
 */
export function judgeFailures(latest: readonly { error: string | null; count: number }[]): JudgeFailures {
  const judged = latest.reduce((sum, { count }) => sum + count, 0);
  const errors = latest.flatMap(({ error, count }) => (error === null ? [] : [{ error, count }]));
  const failed = errors.reduce((sum, { count }) => sum + count, 0);
  return { judged, failed, share: judged < enoughJudgements ? null : failed / judged, errors };
}

/**
 * Why no automatic action may rest on this judge's scores, or null.
 *
 * @example failingReason({ judged: 100, failed: 30, share: 0.3, errors: [{ error: 'malformed', count: 30 }] })
 */
export function failingReason({ judged, failed, share, errors }: JudgeFailures): string | null {
  if (share === null || share <= tolerableFailures) return null;
  const [first] = errors;
  const mostly = first ? `, mostly ${first.error}` : '';
  return (
    `The judge failed on ${failed} of the latest ${judged} answers${mostly}; guardrails on its metric take no action ` +
    `until that is at most ${tolerableFailures * 100} in a hundred.`
  );
}
