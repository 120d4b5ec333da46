import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An outcome as it was sent and answered with a 2xx. */
export interface Acknowledged {
  readonly id: string;
  readonly unit: string;
  readonly latency: number;
}

/** What a server has promised: outcomes it took, and the variant it gave a unit. */
export type LedgerEntry =
  | { readonly acknowledged: readonly Acknowledged[]; readonly deferred: boolean }
  | {
      readonly unit: string;
      readonly variant: string | null;
      readonly version: number;
      readonly reason: string;
    };

interface Waiting {
  readonly line: string;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/** Promises on disk, in order; each note resolves after a sync that those waiting meanwhile share. */
export class Ledger {
  private readonly waiting: Waiting[] = [];
  private writing = false;

  private constructor(
    private readonly directory: string,
    private readonly file: FileHandle,
  ) {}

  static async open(): Promise<Ledger> {
    const directory = await mkdtemp(join(tmpdir(), 'assay-faults-ledger-'));
    return new Ledger(directory, await open(join(directory, 'ledger.ndjson'), 'a'));
  }

  note(entry: LedgerEntry): Promise<void> {
    return new Promise((settle, fail) => {
      this.waiting.push({ line: `${JSON.stringify(entry)}\n`, settle, fail });
      if (!this.writing) void this.write();
    });
  }

  /** Everything noted, as the file has it. */
  async entries(): Promise<LedgerEntry[]> {
    const text = await readFile(join(this.directory, 'ledger.ndjson'), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LedgerEntry);
  }

  async close(): Promise<void> {
    await this.file.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await this.file.appendFile(batch.map(({ line }) => line).join(''));
        await this.file.datasync();
        for (const { settle } of batch) settle();
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.writing = false;
  }
}
