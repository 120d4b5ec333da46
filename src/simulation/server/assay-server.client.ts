import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { ProblemAnswer } from './answers.schema.js';

/** Why the simulation cannot go on, in one line for whoever started it. */
export class SimulationError extends Error {}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The server's code of refusal; null where it refused nothing. */
  readonly code: string | null;
  /** Reads the body, or throws a SimulationError. */
  read<Output>(schema: z.ZodType<Output>): Output;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves without the answer. */
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT';

const mostAttempts = 5;
const deadlineMilliseconds = 60_000;

/**
 * Speaks to one Assay server over HTTP, as an application in any language would.
 *
 * - A lost connection, a 429 and a 503 are tried again: everything a simulation sends counts once however often it comes.
 * - A server that cannot be reached, or refuses the key, ends the simulation with one line that says what to do.
 */
export class AssayServer {
  private hasAnswered = false;

  constructor(
    private readonly url: string,
    private readonly key: string | null,
  ) {}

  /** The answer, whatever its status, but for those that end the simulation. */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.attempt(method, path, options, attempt);
      if (answer && !(answer.status === 503 || answer.status === 429))
        return this.checked(answer, method, path);
      if (answer && attempt === mostAttempts) return answer;
      await pause(50 * 2 ** attempt);
    }
  }

  /** The body of an answer that must be a success, or a SimulationError with the server's own words. */
  async need<Output>(
    method: Method,
    path: string,
    schema: z.ZodType<Output>,
    body?: unknown,
  ): Promise<Output> {
    const answer = await this.request(method, path, { body });
    if (answer.status >= 200 && answer.status < 300) return answer.read(schema);
    throw refusal(`${method} ${path}`, answer);
  }

  /** One try; null when it may be tried again. */
  private async attempt(
    method: Method,
    path: string,
    { body, headers, signal }: RequestOptions,
    attempt: number,
  ): Promise<Answer | null> {
    const deadline = AbortSignal.timeout(deadlineMilliseconds);
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: {
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
          ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      const text = await response.text();
      this.hasAnswered = true;
      return answerOf(response.status, text, `${method} ${path}`);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (deadline.aborted || !this.hasAnswered || attempt === mostAttempts) throw this.unreachable(error);
      return null;
    }
  }

  private checked(answer: Answer, method: Method, path: string): Answer {
    if (answer.status !== 401 && answer.status !== 403) return answer;
    if (answer.code !== 'UNAUTHENTICATED' && answer.code !== 'FORBIDDEN') return answer;
    const found = this.key === null ? 'No key was given' : 'The key given is not enough';
    throw new SimulationError(
      `${found}: ${method} ${path} was answered ${answer.status}. Give a key of scope admin with --key.`,
    );
  }

  private unreachable(error: unknown): SimulationError {
    return new SimulationError(
      `No server answers at ${this.url} (${reasonOf(error)}). Start one with npm start, or name another with --url.`,
    );
  }
}

/** The code of what `fetch` met, such as ECONNREFUSED; it hides it in the cause. */
function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown; message?: unknown }; name?: unknown };
  return String(cause?.code ?? cause?.message ?? name);
}

function answerOf(status: number, text: string, request: string): Answer {
  const body = parsedJson(text);
  const problem = status >= 400 ? ProblemAnswer.safeParse(body) : null;
  return {
    status,
    body,
    code: problem?.success ? problem.data.code : null,
    read(schema) {
      const read = schema.safeParse(body);
      if (read.success) return read.data;
      throw new SimulationError(
        `${request} was answered ${status} with something else than Assay's answer. Is this an Assay server?`,
      );
    },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A refused request as the end of the simulation, in the server's own words. */
export function refusal(request: string, { status, body }: Answer): SimulationError {
  const problem = ProblemAnswer.safeParse(body);
  const detail = problem.success
    ? `: ${problem.data.code}, ${problem.data.detail}`
    : '. Is this an Assay server?';
  return new SimulationError(`${request} was answered ${status}${detail}`);
}
