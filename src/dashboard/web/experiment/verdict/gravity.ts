import { gravityOf, gravityPlace, type Gravity } from '../../../warning-gravity.js';
import type { ReportView } from '../../api/contract.js';

export type WarningView = ReportView['health']['warnings'][number];

/** Warnings of one kind. */
export interface WarningGroup {
  readonly code: WarningView['code'];
  readonly gravity: Gravity;
  readonly messages: readonly string[];
}

/**
 * Warnings by kind, the gravest first; several units with two variants are grave only where so many did that nothing can be
 * decided.
 *
 * @example warningGroups(health.warnings, 'CONTINUE')[0]?.gravity // 'grave'
 */
export function warningGroups(
  warnings: readonly WarningView[],
  action: ReportView['recommendation']['action'],
): WarningGroup[] {
  const codes = [...new Set(warnings.map(({ code }) => code))];
  const groups = codes.map((code) => ({
    code,
    gravity: gravityOf(code, action),
    messages: warnings.filter((warning) => warning.code === code).map(({ message }) => message),
  }));
  return groups.sort((a, b) => rank(a) - rank(b));
}

function rank({ code, gravity }: WarningGroup): number {
  const order: readonly Gravity[] = ['grave', 'caution', 'note'];
  return order.indexOf(gravity) * 100 + gravityPlace(code);
}
