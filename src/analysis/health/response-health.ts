import { compareEstimates } from '../../statistics/difference.js';
import type { Estimate } from '../../statistics/estimate.js';
import { chance, percentage } from '../figure.js';
import type { MetricData, VariantData } from '../measurement/metric-data.js';
import type { Warning } from '../warning.js';

/** Level at which a difference in response is worth a warning; it is looked at often. */
const alarmPValue = 0.001;

/**
 * A warning for each variant whose units answered a primary metric more or less often than the control's: those who
 * answered are then different people, and their means do not compare.
 *
 * @example responseWarnings(data, 'control'); // [{ code: 'UNEVEN_RESPONSE', message: '…' }]
 */
export function responseWarnings({ metric, role, matured }: MetricData, controlKey: string): Warning[] {
  const control = matured.find(({ variant }) => variant === controlKey);
  if (role !== 'primary' || metric.missing === 'zero' || !control) return [];
  return matured.flatMap((treatment) => {
    const [a, b] = [response(control), response(treatment)];
    if (treatment === control || !a || !b) return [];
    const compared = compareEstimates(a, b, alarmPValue);
    if (compared.status !== 'ok' || compared.pValue >= alarmPValue) return [];
    const message =
      `${metric.key}: ${percentage(b.value)} of ${treatment.variant}'s units have a value, ${percentage(a.value)} of ` +
      `${controlKey}'s (${chance(compared.pValue)}), so the two groups of answers may come from different users.`;
    return [{ code: 'UNEVEN_RESPONSE', message }] as const;
  });
}

function response({ exposed, moments }: VariantData): Estimate | null {
  if (exposed < 2) return null;
  const share = Math.min(1, moments.units / exposed);
  return { status: 'ok', value: share, variance: (share * (1 - share)) / (exposed - 1), units: exposed };
}
