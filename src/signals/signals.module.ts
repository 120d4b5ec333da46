import { Module } from '@nestjs/common';
import { GenerationsModule } from '../generations/generations.module.js';
import { Redactor } from '../generations/redaction/redactor.service.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { EditService } from './edit.service.js';
import { LoggedAnswerStore } from './logged-answer.store.js';
import { RetryService } from './retry.service.js';
import { SnippetService } from './snippet.service.js';

/** What users do with an answer: how much of it they change, whether they ask again. */
@Module({
  imports: [GenerationsModule, MetricsModule],
  providers: [EditService, LoggedAnswerStore, Redactor, RetryService, SnippetService],
  exports: [RetryService, SnippetService],
})
export class SignalsModule {}
