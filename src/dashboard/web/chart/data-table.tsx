import type { Column } from './column.js';
import { countOf } from '../format/number.js';
import { visible } from '../format/visible.js';

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Whether the caption stands above it already. */
  readonly titled?: boolean;
}

/** Rows that are shown; who needs more saves the file. */
const most = 500;

/** More do not fit beside each other on paper, where each row is a list then. */
const mostColumns = 8;

/** Rows as text; the first column names each. */
export function DataTable<Row>({ caption, columns, rows, titled = false }: DataTableProps<Row>) {
  return (
    <>
      {!titled && <p class="table-title">{caption}</p>}
      {rows.length > most && (
        <p class="table-title">
          The first {countOf(most)} of {countOf(rows.length)} rows; the CSV file has them all.
        </p>
      )}
      <div class="table-place" tabIndex={0} role="region" aria-label={caption}>
        <table class={columns.length > mostColumns ? 'many-columns' : undefined}>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ title, numeric }) => (
                <th key={title} scope="col" class={numeric ? 'numeric' : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row, place) => (
              <tr key={place}>
                {columns.map(({ title, text, numeric }, column) =>
                  column === 0 ? (
                    <th key={title} scope="row">
                      {visible(text(row))}
                    </th>
                  ) : (
                    <td key={title} class={numeric ? 'numeric' : undefined} data-title={title}>
                      {visible(text(row))}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
