import type { Column } from './column.js';
import { countOf } from '../format/number.js';
import { visible } from '../format/visible.js';

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** Rows that are shown; who needs more saves the file. */
const most = 500;

/** Rows as text; the first column names each. */
export function DataTable<Row>({ caption, columns, rows }: DataTableProps<Row>) {
  return (
    <div class="table-place" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>
          {caption}
          {rows.length > most &&
            `. The first ${countOf(most)} of ${countOf(rows.length)} rows; the CSV file has them all.`}
        </caption>
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
                  <td key={title} class={numeric ? 'numeric' : undefined}>
                    {visible(text(row))}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
