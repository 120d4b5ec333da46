import { drawReport } from './report/tables.adapter.js';
import { runSimulation, type Progress } from './run/simulation.runner.js';
import { SimulationError } from './server/assay-server.client.js';
import { readOptions, usage, UsageError, type SimulationOptions } from './simulation-options.js';

/** Where the command writes: results on `out`, everything else on `err`. */
export interface CommandOutput {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Does what `npm run simulate -- <words>` asks for.
 *
 * @returns the exit code: 0 done, 1 failed, 2 not understood
 */
export async function runSimulateCommand(
  words: readonly string[],
  output: CommandOutput,
  progress: Progress,
): Promise<number> {
  let options: SimulationOptions | null;
  try {
    options = readOptions(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.err(`${error.message} (--help lists the options)`);
    return 2;
  }
  if (options === null) {
    output.out(usage);
    return 0;
  }
  try {
    const result = await runSimulation(options, progress);
    output.out(options.json ? JSON.stringify(result, null, 2) : drawReport(result));
    return 0;
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    output.err(error.message);
    return 1;
  }
}
