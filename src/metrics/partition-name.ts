const name = /^outcome_(\d{4})(\d{2})(\d{2})$/;

/**
 * The partition of table `outcome` that holds a cohort day.
 *
 * @example partitionOf('2026-01-31') // 'outcome_20260131'
 */
export function partitionOf(day: string): string {
  return `outcome_${day.replaceAll('-', '')}`;
}

/**
 * The cohort day of a partition; null for a table that is none.
 *
 * @example dayOf('outcome_20260131') // '2026-01-31'
 */
export function dayOf(partition: string): string | null {
  const [, year, month, day] = name.exec(partition) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}
