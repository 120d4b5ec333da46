import { setTimeout as delay } from 'node:timers/promises';
import type { ChildServer } from './child-server.fixture.js';

/** An outcome as it is sent; the same id whenever it is sent again. */
export interface SentOutcome {
  readonly id: string;
  readonly experiment?: string;
  readonly unit?: string;
  readonly token?: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Sends outcomes from several senders at once, each again until it is acknowledged, whatever becomes of the server. */
export class PersistentClient {
  /** Ids answered with a 2xx. */
  readonly acknowledged = new Set<string>();
  /** Statuses of every answer, with how often each came. */
  readonly statuses = new Map<number, number>();
  private server: ChildServer | null = null;

  constructor(
    private readonly senders = 16,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  use(server: ChildServer | null): void {
    this.server = server;
  }

  async send(outcomes: readonly SentOutcome[]): Promise<void> {
    const waiting = [...outcomes];
    const sender = async () => {
      for (let outcome = waiting.shift(); outcome; outcome = waiting.shift()) await this.persist(outcome);
    };
    await Promise.all(Array.from({ length: this.senders }, sender));
  }

  private async persist(outcome: SentOutcome): Promise<void> {
    while (!(await this.attempt(outcome))) await delay(100);
    this.acknowledged.add(outcome.id);
  }

  /** False when nobody answered, or "later": whether it was counted is then unknown. */
  private async attempt(outcome: SentOutcome): Promise<boolean> {
    const answer = await this.server
      ?.call('POST', '/v1/outcomes', { outcomes: [outcome] }, this.headers)
      .catch(() => null);
    if (!answer) return false;
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status === 503) return false;
    if (answer.status !== 202)
      throw new Error(`${outcome.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return true;
  }
}

/** Waits until what is read fulfils the condition, and returns it. */
export async function until<T>(
  read: () => Promise<T>,
  fulfilled: (value: T) => boolean,
  patience = 60_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const value = await read();
    if (fulfilled(value)) return value;
    if (Date.now() > deadline) throw new Error(`It never came about; last seen: ${JSON.stringify(value)}`);
    await delay(50);
  }
}
