/** How long changes took to reach a process. */
export interface DelaySummary {
  readonly probes: number;
  readonly medianSeconds: number | null;
  readonly p99Seconds: number | null;
  readonly latestSeconds: number | null;
}

/**
 * What a process's latest delays come to.
 *
 * @param delays milliseconds, oldest first
 * @example delaySummary([2, 4, 900]) // { probes: 3, medianSeconds: 0.004, p99Seconds: 0.9, latestSeconds: 0.9 }
 */
export function delaySummary(delays: readonly number[]): DelaySummary {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (level: number): number | null => seconds(sorted[Math.ceil(level * sorted.length) - 1]);
  return {
    probes: delays.length,
    medianSeconds: at(0.5),
    p99Seconds: at(0.99),
    latestSeconds: seconds(delays.at(-1)),
  };
}

function seconds(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : milliseconds / 1_000;
}
