import { z } from 'zod';
import { AssayError } from '../operations/assay-error.js';
import { inOurWords } from '../operations/problem/schema-words.js';

/** How the application reaches its language models. */
export interface LlmOptions {
  /** Without a key, and without OpenAI's key or address, the simulated provider answers. */
  readonly anthropicApiKey?: string | undefined;
  /** @default Anthropic's own address */
  readonly anthropicBaseUrl?: string | undefined;
  /** Needs the package `openai` beside this one. */
  readonly openaiApiKey?: string | undefined;
  /** Of whoever speaks Chat Completions; endpoints of one's own often want no key. @default OpenAI's own address */
  readonly openaiBaseUrl?: string | undefined;
  /** Path of a JSON file with prices of one's own; see docs/models.md. */
  readonly pricesFile?: string | undefined;
  readonly simulated?: SimulationOptions | undefined;
  /** The model of a config that names none. */
  readonly defaultModel?: string | undefined;
  /** Milliseconds a call may take, retries included. @default 60000 */
  readonly deadline?: number | undefined;
}

export interface SimulationOptions {
  /** What the simulated waits are multiplied by: 1 is as slow as a real model, 0 does not wait. @default 0.1 */
  readonly timeScale?: number | undefined;
  /** Share of simulated calls that fail. @default under one in a hundred, by model */
  readonly errorRate?: number | undefined;
}

export const defaultDeadline = 60_000;

const optionsSchema = z.strictObject({
  anthropicApiKey: z.string().optional(),
  anthropicBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
  openaiApiKey: z.string().optional(),
  openaiBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
  pricesFile: z.string().min(1).optional(),
  simulated: z
    .strictObject({
      timeScale: z.number().min(0).max(100).optional(),
      errorRate: z.number().min(0).max(1).optional(),
    })
    .optional(),
  defaultModel: z.string().min(1).optional(),
  deadline: z.number().gt(0).max(3_600_000).optional(),
});

/** The options, if they make sense; else one `INVALID_CONFIGURATION` that lists every fault. Never prints the key. */
export function checkedLlmOptions(options: LlmOptions): LlmOptions {
  const parsed = optionsSchema.safeParse(options, { ...inOurWords, reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.') || 'options';
    const received = name.endsWith('ApiKey') ? 'not shown' : JSON.stringify(issue.input);
    return {
      pointer: `/${issue.path.join('/')}`,
      message: `${name}: ${issue.message} (received ${received})`,
    };
  });
  const list = faults.map((fault) => fault.message).join('; ');
  throw new AssayError(
    'INVALID_CONFIGURATION',
    `The options of the LLM module are not valid: ${list}.`,
    faults,
  );
}
