import Table from 'cli-table3';
import { closingLines, reportTables, type TableRows } from './report-rows.js';
import type { SimulationResult } from './simulation-result.js';

/** Characters after which a cell of evidence goes on in the next line. */
const evidenceWidth = 52;

/** The report of a simulation, as a terminal shows it. */
export function drawReport(result: SimulationResult): string {
  const { experiment, users, effect, mode, seconds, status } = result;
  return [
    `${experiment}: ${users} users, true effect ${effect}, ${mode === 'bandit' ? 'Thompson sampling' : 'fixed split'}; ` +
      `${status}, ${seconds} s`,
    ...reportTables(result).map(draw),
    ...closingLines(result),
  ].join('\n');
}

function draw({ title, head, rows }: TableRows): string {
  const widths = head.map((name) => (name === 'evidence' ? evidenceWidth : null));
  const table = new Table({
    head: [...head],
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return `\n${title}\n${table.toString()}`;
}
