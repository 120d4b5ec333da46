import { Module } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module.js';
import { GenerationPageStore } from './browsing/generation-page.store.js';
import { MeasuredValueStore } from './browsing/measured-value.store.js';
import { GenerationsService } from './browsing/generations.service.js';
import { UnitDataService } from './erasure/unit-data.service.js';
import { UnitDataStore } from './erasure/unit-data.store.js';
import { GenerationLog } from './generation-log.service.js';
import { GenerationStore } from './generation.store.js';
import { GenerationWriter } from './generation-writer.service.js';
import { PromptStore } from './prompts/prompt.store.js';
import { StartedPrompts } from './prompts/started-prompts.service.js';
import { ReceiptService } from './receipts/receipt.service.js';
import { ReceiptStore } from './receipts/receipt.store.js';
import { Redactor } from './redaction/redactor.service.js';
import { GenerationRetention } from './retention/generation-retention.service.js';
import { GenerationRetentionStore } from './retention/generation-retention.store.js';

/** What models were asked and answered: logged, redacted, counted, shown, erased. */
@Module({
  imports: [MetricsModule],
  providers: [
    GenerationLog,
    GenerationPageStore,
    MeasuredValueStore,
    GenerationRetention,
    GenerationRetentionStore,
    GenerationStore,
    GenerationWriter,
    GenerationsService,
    PromptStore,
    ReceiptService,
    ReceiptStore,
    Redactor,
    StartedPrompts,
    UnitDataService,
    UnitDataStore,
  ],
  exports: [GenerationLog, GenerationPageStore, GenerationsService, ReceiptService, UnitDataService],
})
export class GenerationsModule {}
