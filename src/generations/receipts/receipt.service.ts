import { Injectable } from '@nestjs/common';
import type { Experiment } from '../../experiments/experiment.js';
import { GenerationLog } from '../generation-log.service.js';
import { ReceiptStore } from './receipt.store.js';
import { receiptsTogether, type Receipts } from './receipts.js';

/** Tells what was really served. */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly store: ReceiptStore,
    private readonly log: GenerationLog,
  ) {}

  async receipts(experiment: Experiment): Promise<Receipts> {
    const receipts = await this.store.list(experiment.id);
    const dropped = await this.store.dropped(experiment.id);
    return receiptsTogether(receipts, this.log.settingOf(experiment), dropped);
  }
}
