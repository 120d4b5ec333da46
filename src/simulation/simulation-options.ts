import { parseArgs } from 'node:util';

/** What a simulation is told. */
export interface SimulationOptions {
  readonly users: number;
  /** True mean rating of the treatment minus that of the control. */
  readonly effect: number;
  readonly bandit: boolean;
  /** Address of the server, without a slash at its end. */
  readonly url: string;
  readonly seed: number;
  /** Users who are busy at the same time. */
  readonly concurrency: number;
  readonly key: string | null;
  readonly json: boolean;
}

/** True mean rating of the control. */
export const controlMean = 3.6;

/** Fewer users than this leave a bandit no second wave to move. */
const fewestBanditUsers = 200;

export const usage = `Usage: npm run simulate -- [options]      (against a running server: npm start)
  --users <n>         users to send, 1 to 1000000                      [3000]
  --effect <stars>    treatment's true mean rating minus control's,
                      which is ${controlMean}; -2.6 to 1.4                       [0.3]
  --bandit            let Thompson sampling move the weights
  --url <address>     the server                                       [http://127.0.0.1:3000]
  --seed <n>          another seed, other users                        [1]
  --concurrency <n>   users busy at the same time, 1 to 256            [16]
  --key <key>         API key of scope admin, where the server has keys
  --json              the result as JSON
  --help`;

/** A command line that asks for nothing we can do. */
export class UsageError extends Error {}

const words = {
  users: { type: 'string', default: '3000' },
  effect: { type: 'string', default: '0.3' },
  bandit: { type: 'boolean', default: false },
  url: { type: 'string', default: 'http://127.0.0.1:3000' },
  seed: { type: 'string', default: '1' },
  concurrency: { type: 'string', default: '16' },
  key: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * What the words of a command line ask for; null = to be told how it is used.
 *
 * @throws UsageError naming the option and the value received
 * @example readOptions(['--users', '500'])?.users // 500
 */
export function readOptions(args: readonly string[]): SimulationOptions | null {
  const values = parsed(args);
  if (values.help) return null;
  const users = number('--users', values.users, /^\d+$/, 1, 1_000_000);
  if (values.bandit && users < fewestBanditUsers) {
    throw new UsageError(
      `--users is ${users}; with --bandit give ${fewestBanditUsers} at least: some to learn from, others to move.`,
    );
  }
  return {
    users,
    effect: number('--effect', values.effect, /^-?(\d+\.?\d*|\.\d+)$/, 1 - controlMean, 5 - controlMean),
    bandit: values.bandit,
    url: address(values.url),
    seed: number('--seed', values.seed, /^\d+$/, 0, 2 ** 31 - 1),
    concurrency: number('--concurrency', values.concurrency, /^\d+$/, 1, 256),
    key: keyOf(values.key),
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: joined(args), options: words, strict: true }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replace(/\n.*|\. To specify .*/s, '').replace(/\.?$/, '.'));
  }
}

/** `--effect -0.3` as one word: else the parser takes the number for an option. */
function joined(args: readonly string[]): string[] {
  return args.flatMap((word, index) => {
    if (args[index - 1] === '--effect' && /^-[\d.]/.test(word)) return [];
    const next = args[index + 1] ?? '';
    return word === '--effect' && /^-[\d.]/.test(next) ? [`--effect=${next}`] : [word];
  });
}

function number(option: string, text: string, form: RegExp, least: number, most: number): number {
  const value = Number(text);
  const rounding = 1e-9;
  if (form.test(text) && value >= least - rounding && value <= most + rounding) return value;
  const kind = form.test('0.5') ? 'number' : 'whole number';
  throw new UsageError(
    `${option} is "${text}"; give a ${kind} from ${+least.toFixed(9)} to ${+most.toFixed(9)}.`,
  );
}

function address(text: string): string {
  const isWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isWeb) throw new UsageError(`--url is "${text}"; give an address such as http://127.0.0.1:3000.`);
  return text.replace(/\/+$/, '');
}

function keyOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^[!-~]+$/.test(text)) return text;
  throw new UsageError('--key must be one word of printable characters.');
}
