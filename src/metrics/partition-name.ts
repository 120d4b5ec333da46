const name = /^(\w+)_(\d{4})(\d{2})(\d{2})$/;

/**
 * The partition of a table that holds a day.
 *
 * @example partitionOf('2026-01-31') // 'outcome_20260131'
 */
export function partitionOf(day: string, table = 'outcome'): string {
  return `${table}_${day.replaceAll('-', '')}`;
}

/**
 * The day of a partition; null for a table that is none.
 *
 * @example dayOf('outcome_20260131') // '2026-01-31'
 */
export function dayOf(partition: string, table = 'outcome'): string | null {
  const [, owner, year, month, day] = name.exec(partition) ?? [];
  return owner === table ? `${year}-${month}-${day}` : null;
}
