import type { Column } from './column.js';

/**
 * Rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV
 * Injection").
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const titles = columns.flatMap(({ title, bounds }) =>
    bounds ? [`${title}, from`, `${title}, to`] : [title],
  );
  const lines = rows.map((row) => columns.flatMap((column) => saved(column, row)));
  return [titles, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}

function saved<Row>({ text, value, bounds }: Column<Row>, row: Row): readonly (string | number | null)[] {
  if (bounds) return bounds(row) ?? [null, null];
  return [value ? value(row) : text(row)];
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
