import pg from 'pg';
import { preparedName } from './prepared.js';

/**
 * A `pg` client that gives its connection up when a query has run into `query_timeout`. The driver alone would only stop
 * waiting: the pool would hand the deaf connection to the next caller, who would wait just as long.
 *
 * A statement marked by `prepared` is planned once for the connection.
 */
export class TimedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...input: unknown[]) => unknown;
    const watched = (...input: unknown[]): unknown => {
      const result = query(...withPlanKept(input));
      if (result instanceof Promise) result.catch((error: unknown) => this.giveUp(error));
      return result;
    };
    this.query = watched as typeof this.query;
  }

  private giveUp(error: unknown): void {
    if (!(error instanceof Error) || error.message !== 'Query read timeout') return;
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    connection.stream.destroy(error);
  }
}

function withPlanKept([text, values, ...rest]: unknown[]): unknown[] {
  const name = typeof text === 'string' ? preparedName(text) : undefined;
  return name === undefined ? [text, values, ...rest] : [{ name, text, values }, ...rest];
}
