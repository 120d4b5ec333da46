import { parseArgs } from 'node:util';

/** What `npm run demo` is told. */
export interface DemoOptions {
  readonly port: number;
  /** Whether simulated users go on visiting once the history is there. */
  readonly traffic: boolean;
  /** Experiments on the list at least: short of them, drafts and idle copies fill it up. */
  readonly experiments: number;
  readonly seed: number;
}

export const demoDefaults: DemoOptions = { port: 3000, traffic: true, experiments: 0, seed: 1 };

export const demoUsage = `Usage: npm run demo -- [options]
  --port <n>          where the page is, 0 to 65535        [${demoDefaults.port}]
  --no-traffic        no visitors after the weeks that are made up at the start
  --experiments <n>   fill the list up to so many, 0 to 500 [${demoDefaults.experiments}]
  --seed <n>          another seed, other visitors          [${demoDefaults.seed}]
  --help
ASSAY_DATA_DIR says where the data go; without it they are kept in memory.`;

/** A command line that asks for nothing the demo can do. */
export class DemoUsageError extends Error {}

const words = {
  port: { type: 'string', default: String(demoDefaults.port) },
  'no-traffic': { type: 'boolean', default: false },
  experiments: { type: 'string', default: String(demoDefaults.experiments) },
  seed: { type: 'string', default: String(demoDefaults.seed) },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * What the words of a command line ask for; null = to be told how it is used.
 *
 * @throws DemoUsageError naming the option and the value received
 * @example readDemoOptions(['--port', '4000'])?.port // 4000
 */
export function readDemoOptions(args: readonly string[]): DemoOptions | null {
  const values = parsed(args);
  if (values.help) return null;
  return {
    port: whole('--port', values.port, 65_535),
    traffic: !values['no-traffic'],
    experiments: whole('--experiments', values.experiments, 500),
    seed: whole('--seed', values.seed, 2 ** 31 - 1),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: words, strict: true }).values;
  } catch (error) {
    throw new DemoUsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new DemoUsageError(`${option} is "${text}"; give a whole number from 0 to ${most}.`);
}
