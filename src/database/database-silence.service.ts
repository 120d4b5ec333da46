import { Inject, Injectable } from '@nestjs/common';
import { AssayError } from '../operations/assay-error.js';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options.js';

const silenceMilliseconds = 2_000;

/** Somebody who waits for an answer. */
interface Caller {
  readonly asked: number;
  readonly fail: (error: Error) => void;
}

/**
 * Notices a PostgreSQL that keeps its connections and answers nobody: frozen, behind a network that swallows everything,
 * or with every row locked. The driver would wait for as long as a slow query may take.
 *
 * A database that answers somebody is busy and not silent, however long a queue it has. The embedded database is a
 * thread of this process and cannot fall silent.
 */
@Injectable()
export class DatabaseSilence {
  private lastAnswer = -Infinity;
  private readonly callers = new Set<Caller>();
  private watching: NodeJS.Timeout | null = null;
  private readonly patience: number;

  constructor(@Inject(DATABASE_OPTIONS) options: Pick<DatabaseOptions, 'url' | 'silenceMilliseconds'>) {
    this.patience = options.url === null ? Infinity : (options.silenceMilliseconds ?? silenceMilliseconds);
  }

  /**
   * What the work comes to. It goes on when this gives it up, and may still be committed.
   *
   * @throws AssayError DATABASE_UNAVAILABLE once no work has been answered for two seconds
   * @example await silence.hear(ingestion.write(outcomes))
   */
  hear<Answer>(work: Promise<Answer>): Promise<Answer> {
    if (this.patience === Infinity) return work;
    return new Promise((settle, fail) => {
      const caller: Caller = { asked: performance.now(), fail };
      this.callers.add(caller);
      this.watching ??= this.watchFor(this.patience);
      work.then(
        (answer) => {
          this.answered();
          this.callers.delete(caller);
          settle(answer);
        },
        (error: unknown) => {
          this.callers.delete(caller);
          fail(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  /** Somebody was answered: part of what others wait for, perhaps. */
  answered(): void {
    this.lastAnswer = performance.now();
  }

  /** One timer for all callers, of whom the first has waited longest. */
  private watchFor(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.look(), milliseconds).unref();
  }

  private look(): void {
    this.watching = null;
    for (const caller of this.callers) {
      const left = Math.max(caller.asked, this.lastAnswer) + this.patience - performance.now();
      if (left > 0) {
        this.watching = this.watchFor(left);
        return;
      }
      this.callers.delete(caller);
      caller.fail(this.silent());
    }
  }

  private silent(): AssayError {
    return new AssayError(
      'DATABASE_UNAVAILABLE',
      `The database has answered nothing for ${this.patience} ms. Send this again in a second.`,
    );
  }
}
