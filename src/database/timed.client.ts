import pg from 'pg';
import { preparedName } from './prepared.js';

type Query = (...input: unknown[]) => unknown;

/**
 * A `pg` client that gives its connection up when a query has run into `query_timeout`. The driver alone would only stop
 * waiting: the pool would hand the deaf connection to the next caller, who would wait just as long.
 *
 * It keeps the plan of a statement marked by `prepared`, and has it planned anew each time the statement has run twice as
 * often: a plan made for an empty table would read a grown one from end to end, and the embedded database never notices.
 */
export class TimedClient extends pg.Client {
  private readonly runs = new Map<string, number>();

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // Between the pool and its borrower a client is nobody's for a moment; an 'error' that none hears ends the process.
    // Whoever has it next is told by their first query.
    this.on('error', () => undefined);
    const query = this.query.bind(this) as Query;
    const watched = (...input: unknown[]): unknown => {
      const result = query(...this.withPlanKept(input, query));
      if (result instanceof Promise) result.catch((error: unknown) => this.giveUp(error));
      return result;
    };
    this.query = watched as typeof this.query;
  }

  private withPlanKept(input: unknown[], query: Query): unknown[] {
    const [text, values, ...rest] = input;
    const name = typeof text === 'string' ? preparedName(text) : undefined;
    if (name === undefined) return input;
    const runs = (this.runs.get(name) ?? 0) + 1;
    this.runs.set(name, runs);
    const doublings = Math.floor(Math.log2(runs));
    const former = `${name}-${doublings - 1}`;
    // A plan that was never made, for its statement failed, cannot be given up: that would end the transaction.
    if (2 ** doublings === runs && this.hasPlan(former)) {
      (query(`DEALLOCATE "${former}"`) as Promise<unknown>).catch(() => undefined);
    }
    return [{ name: `${name}-${doublings}`, text, values }, ...rest];
  }

  private hasPlan(name: string): boolean {
    const { connection } = this as unknown as { connection: { parsedStatements: Record<string, string> } };
    return connection.parsedStatements[name] !== undefined;
  }

  private giveUp(error: unknown): void {
    if (!(error instanceof Error) || error.message !== 'Query read timeout') return;
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    connection.stream.destroy(error);
  }
}

/** The server, too, ends a query that nobody waits for any more; else what is tried again would pile up there. */
export async function endLateQueries(client: pg.Client, milliseconds: number): Promise<void> {
  await client.query(`SET statement_timeout = ${milliseconds}`);
}
