import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Transactions } from '../../database/transactions.service.js';
import { Clock } from '../../operations/clock.js';
import { ArchiveDirectory, type Beat, type FileDigest } from './archive-directory.client.js';
import { ClosedDayStore, type Claim } from './closed-day.store.js';
import { isSame, type LineDigest } from './line-digest.js';
import { OutcomeDayStore, type DayCursor } from './outcome-day.store.js';
import { RETENTION_OPTIONS, type RetentionOptions } from './retention.options.js';

const writtenPage = 1_000;
const digestedPage = 5_000;
/** How long the claim of a process that was killed keeps the others away. */
const claimMilliseconds = 600_000;
const renewalMilliseconds = 60_000;

/** What the database holds of a day. */
interface Held extends LineDigest {
  readonly latestAt: Date | null;
}

/** Writes a closed cohort day to a file, reads that back, and only if it holds every outcome takes them from the database. */
@Injectable()
export class DayArchiver {
  private readonly logger = new Logger(DayArchiver.name);
  private readonly directory: ArchiveDirectory | null;
  private stopped = false;

  constructor(
    @Inject(RETENTION_OPTIONS) { directory }: RetentionOptions,
    private readonly closedDays: ClosedDayStore,
    private readonly outcomeDays: OutcomeDayStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {
    this.directory = directory === null ? null : new ArchiveDirectory(directory);
  }

  get isStopped(): boolean {
    return this.stopped;
  }

  /** Lets nothing begin any more, and ends what is under way. */
  stop(): void {
    this.stopped = true;
  }

  /** Archives the day, unless another process does. Throws, the database keeping all, when a step fails. */
  async archive(day: string): Promise<void> {
    const claim = { day, token: uuid() };
    if (!this.directory || !(await this.renew(claim))) return;
    try {
      const beat = this.beatOf(claim);
      await this.directory.write(day, this.pages(day, beat));
      const held = await this.held(day, beat);
      const found = await this.directory.digest(day, beat);
      if (!isSame(held, found.lines)) throw new Error(differing(this.directory.fileOf(day), held, found));
      await this.drop(claim, this.directory.fileOf(day), held, found);
    } finally {
      await this.closedDays.release(claim);
    }
  }

  private async drop(claim: Claim, file: string, { rows, latestAt }: Held, found: FileDigest): Promise<void> {
    const { bytes, sha256 } = found;
    await this.transactions.run(async (manager) => {
      const written = { file, rows, bytes, sha256 };
      const isOurs = await this.closedDays.archived(claim, written, latestAt, this.clock.now(), manager);
      if (!isOurs) throw new Error('another process has taken over');
      await this.outcomeDays.drop(claim.day, manager);
    });
    this.logger.log(`Cohort day ${claim.day} is archived: ${rows} outcomes in ${file} (${bytes} bytes)`);
  }

  private async *pages(day: string, beat: Beat): AsyncGenerator<string, void> {
    let after: DayCursor | null = null;
    for (;;) {
      await beat();
      const page = await this.outcomeDays.lines(day, after, writtenPage);
      if (page.length > 0) yield page.map(({ line }) => `${line}\n`).join('');
      if (page.length < writtenPage) return;
      after = page.at(-1) ?? null;
    }
  }

  private async held(day: string, beat: Beat): Promise<Held> {
    let held: Held = { rows: 0, sum: 0n, latestAt: null };
    let after: DayCursor | null = null;
    for (;;) {
      await beat();
      const page = await this.outcomeDays.digest(day, after, digestedPage);
      held = {
        rows: held.rows + page.rows,
        sum: held.sum + BigInt(page.sum),
        latestAt: later(held.latestAt, page.latestAt),
      };
      if (page.rows < digestedPage) return held;
      after = page.last;
    }
  }

  /** Keeps the claim alive, and ends the work when the process ends or has been taken for dead. */
  private beatOf(claim: Claim): Beat {
    let renewedAt = this.clock.now().getTime();
    return async () => {
      if (this.stopped) throw new Error('the process is ending');
      if (this.clock.now().getTime() - renewedAt < renewalMilliseconds) return;
      if (!(await this.renew(claim))) throw new Error('another process has taken over');
      renewedAt = this.clock.now().getTime();
    };
  }

  private renew(claim: Claim): Promise<boolean> {
    const now = this.clock.now();
    return this.closedDays.claim(claim, now, new Date(now.getTime() + claimMilliseconds));
  }
}

function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function differing(file: string, held: LineDigest, { lines }: FileDigest): string {
  return `${file} holds ${lines.rows} outcomes (hash ${lines.sum}), the database ${held.rows} (hash ${held.sum}); the database keeps them`;
}
