import type { Column } from '../../../src/dashboard/web/chart/column.js';
import { csvOf } from '../../../src/dashboard/web/chart/csv.js';

interface Row {
  readonly name: string;
  readonly mean: number | null;
  readonly interval: readonly [number, number] | null;
}

const columns: readonly Column<Row>[] = [
  { title: 'Variant', text: ({ name }) => name },
  { title: 'Mean, in stars', text: ({ mean }) => `${mean} stars`, value: ({ mean }) => mean },
  { title: 'Interval', text: () => 'in words', bounds: ({ interval }) => interval },
];

describe('a table as CSV', () => {
  it('has numbers at full precision, and the ends of an interval in a column each', () => {
    const rows = [{ name: 'short', mean: 4.0761234567, interval: [-0.064, 0.598] as const }];
    // RFC 4180: lines end in CRLF, a cell with a comma is quoted.
    expect(csvOf(columns, rows)).toBe(
      'Variant,"Mean, in stars","Interval, from","Interval, to"\r\nshort,4.0761234567,-0.064,0.598\r\n',
    );
  });

  it('leaves empty what is not known', () => {
    expect(csvOf(columns, [{ name: 'long', mean: null, interval: null }])).toMatch(/\r\nlong,,,\r\n$/);
  });

  it('holds no text that a spreadsheet would run, and keeps quotes', () => {
    // OWASP, "CSV Injection".
    const rows = [{ name: '=HYPERLINK("x")', mean: 1, interval: null }];
    expect(csvOf(columns, rows)).toContain(`"'=HYPERLINK(""x"")",1,,`);
  });
});
