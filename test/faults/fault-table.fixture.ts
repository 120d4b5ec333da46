import { appendFile } from 'node:fs/promises';

/** One line of the table that the suite ends with. */
export interface FaultRow {
  readonly fault: string;
  readonly figure: string;
  readonly value: string | number;
  readonly bar: string;
}

/** Adds lines to the table; scripts/test-suite.mjs prints it. */
export async function report(rows: readonly FaultRow[]): Promise<void> {
  const path = process.env['FAULT_TABLE'];
  if (path) await appendFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** How often a fault is repeated: the full number, unless FAULT_ROUNDS says fewer. */
export function roundsOf(full: number): number {
  const asked = Number(process.env['FAULT_ROUNDS'] ?? full);
  if (!Number.isInteger(asked) || asked < 1)
    throw new Error(`FAULT_ROUNDS=${process.env['FAULT_ROUNDS']}: give a whole number of at least 1.`);
  return Math.min(full, asked);
}
