import { Inject, Injectable } from '@nestjs/common';
import { AssayError } from '../operations/assay-error.js';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options.js';

const silenceMilliseconds = 2_000;

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
    const asked = performance.now();
    return new Promise((settle, fail) => {
      let timer: NodeJS.Timeout;
      const wait = (): void => {
        const left = Math.max(asked, this.lastAnswer) + this.patience - performance.now();
        if (left <= 0) fail(this.silent());
        else timer = setTimeout(wait, left);
      };
      wait();
      work
        .then((answer) => {
          this.lastAnswer = performance.now();
          settle(answer);
        }, fail)
        .finally(() => clearTimeout(timer));
    });
  }

  private silent(): AssayError {
    return new AssayError(
      'DATABASE_UNAVAILABLE',
      `The database has answered nothing for ${this.patience} ms. Send this again in a second.`,
    );
  }
}
