import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { writerNumber } from '../bucketing/writer-number.js';
import { Transactions } from '../database/transactions.service.js';
import { Clock } from '../operations/clock.js';
import { configOf, generationRow, type GenerationRow } from './generation-row.js';
import { GenerationStore } from './generation.store.js';
import type { ObservedGeneration } from './observed-generation.js';
import { PromptStore } from './prompts/prompt.store.js';
import { receiptsOf } from './receipts/receipt.js';
import { ReceiptStore } from './receipts/receipt.store.js';
import { Redactor } from './redaction/redactor.service.js';

/** Generations that are written and counted together, once. */
export interface GenerationBatch {
  /** Stays the same however often it is sent. */
  readonly id: string;
  readonly observed: readonly ObservedGeneration[];
  /** Redacted; none for what is only counted. */
  readonly rows: readonly GenerationRow[];
}

/** Writes batches of generations: rows, texts of prompts and receipts in one transaction. */
@Injectable()
export class GenerationWriter {
  constructor(
    private readonly generations: GenerationStore,
    private readonly prompts: PromptStore,
    private readonly receipts: ReceiptStore,
    private readonly redactor: Redactor,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Makes ready what is to be written, redacted: nothing else ever leaves the process. */
  async prepare(observed: readonly ObservedGeneration[]): Promise<GenerationBatch> {
    const rows: GenerationRow[] = [];
    for (const each of observed) {
      if (each.detail !== 'off') rows.push(await this.redactor.redactRow(generationRow(each)));
      // Whoever is being served meanwhile waits for one generation at most.
      await new Promise(setImmediate);
    }
    return { id: uuid(), observed, rows };
  }

  /**
   * Writes a batch. Sent twice, it is there once.
   *
   * @param dropped generations lost since the last batch, by experiment; counted with it
   */
  async write(batch: GenerationBatch, dropped: ReadonlyMap<number, number>): Promise<void> {
    const now = this.clock.now();
    const configs = batch.observed.map((observed) => configOf(observed));
    const served = configs.filter(({ asConfigured }) => asConfigured).map(({ config }) => config);
    const written = await this.transactions.run(async (manager) => {
      if (!(await this.generations.begin(batch.id, now, manager))) return null;
      const hashes = await this.prompts.ensure(served, now, manager);
      const days = await this.generations.insert(batch.rows, manager);
      await this.receipts.add(receiptsOf(batch.observed), writerNumber, manager);
      await this.receipts.addDropped(dropped, writerNumber, manager);
      return { hashes, days };
    });
    if (!written) return;
    this.prompts.remember(written.hashes);
    this.generations.remember(written.days);
  }
}
