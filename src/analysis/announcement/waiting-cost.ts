import type { MetricReport } from '../comparison/metric-report.js';
import type { Look } from '../looks/look.js';
import type { Report } from '../report.js';

/** What it cost, on one metric, that units went on meeting worse variants after the winner's effect was sure. */
export interface WaitingCost {
  readonly metric: string;
  /** RFC 3339 instant of the first recorded look at which the effect was sure. */
  readonly since: string;
  /** Units first exposed to another variant since then. */
  readonly units: number;
  /** Those units times what each of them missed, in the metric's unit: the regret. */
  readonly loss: number;
}

/**
 * The regret of waiting: for each variant but the winner, the units that it was given since the effect was sure, times how
 * much worse it is than the winner. A variant that is not worse costs nothing.
 *
 * The effect is sure from the first recorded look on at which the winner's interval against control, valid under repeated
 * looks, lies wholly on the better side, and at every look after it. Null where it never was.
 *
 * @param looks recorded looks, oldest first
 * @example waitingCost('treatment', rating, looks, report); // { metric: 'user_rating', units: 812, loss: 170.5, … }
 */
export function waitingCost(
  winner: string,
  metric: MetricReport,
  looks: readonly Look[],
  report: Report,
): WaitingCost | null {
  const unsure = looks.findLastIndex(({ report: past }) => !isSure(winner, past.metrics, metric));
  const sure = looks[unsure + 1];
  if (!sure || !isSure(winner, report.metrics, metric)) return null;
  let units = 0;
  let loss = 0;
  for (const { key, units: now } of report.variants) {
    const missed = lead(winner, metric) - lead(key, metric);
    if (key === winner || !(missed > 0)) continue;
    const served = now - (sure.report.variants.find((variant) => variant.key === key)?.units ?? 0);
    units += served;
    loss += served * missed;
  }
  return { metric: metric.key, since: sure.at.toISOString(), units, loss };
}

function isSure(winner: string, metrics: readonly MetricReport[], { key, direction }: MetricReport): boolean {
  const past = metrics.find((metric) => metric.key === key);
  const interval = past?.comparisons.find(({ variant }) => variant === winner)?.sequential?.interval;
  if (!interval) return false;
  return direction === 'increase' ? interval[0] > 0 : interval[1] < 0;
}

/** How much better than control a variant is; control itself by nothing. */
function lead(variant: string, { comparisons, direction }: MetricReport): number {
  const difference = comparisons.find((comparison) => comparison.variant === variant)?.difference ?? 0;
  return direction === 'increase' ? difference : -difference;
}
