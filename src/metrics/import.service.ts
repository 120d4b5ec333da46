import { Injectable } from '@nestjs/common';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { Transactions } from '../database/transactions.service.js';
import type { Experiment } from '../experiments/experiment.js';
import type { ErrorCode } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { ImportOpening } from './import-opening.service.js';
import { ImportStore } from './import.store.js';
import { readImportLine, type ReadLine } from './import-line.mapper.js';
import { metricRule, ratioRules } from './metric-rules.js';
import { PartitionStore } from './partition.store.js';
import { retentionPassed } from './retention-passed.js';

const batchLines = 1_000;
const reportedRefusals = 100;

export interface ImportReport {
  readonly lines: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  /** The first hundred refused lines. */
  readonly refusals: readonly ImportRefusal[];
}

export interface ImportRefusal {
  readonly line: number;
  /** Where the reason has a code. */
  readonly code?: ErrorCode;
  readonly detail: string;
}

/** A report that is still being written. */
type Growing<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

/** A line that waits for its batch. */
type NumberedLine = ReadLine & { readonly line: number };

/** Takes in the log of an experiment that ran elsewhere, line by line, as large as it may be. */
@Injectable()
export class ImportService {
  constructor(
    private readonly opening: ImportOpening,
    private readonly store: ImportStore,
    private readonly partitions: PartitionStore,
    private readonly transactions: Transactions,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** Throws ILLEGAL_TRANSITION for an experiment that was not created to hold imported data. */
  async import(seen: Experiment, stream: Readable): Promise<ImportReport> {
    const experiment = await this.opening.open(seen);
    const report: Growing<ImportReport> = { lines: 0, accepted: 0, duplicates: 0, refused: 0, refusals: [] };
    let batch: NumberedLine[] = [];
    for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
      report.lines += 1;
      if (text.trim() === '') continue;
      const read = readImportLine(text, experiment, (key) => this.catalogue.get(key), this.clock.now());
      if ('detail' in read) {
        refuse(report, { line: report.lines, detail: read.detail });
        continue;
      }
      batch.push({ ...read, line: report.lines });
      if (batch.length === batchLines) {
        await this.flush(experiment, batch, report);
        batch = [];
      }
    }
    await this.flush(experiment, batch, report);
    return report;
  }

  private async flush(
    experiment: Experiment,
    lines: readonly NumberedLine[],
    report: Growing<ImportReport>,
  ): Promise<void> {
    if (lines.length === 0) return;
    const days = new Set<string>();
    const outcomes = lines.flatMap(({ outcome }) => outcome ?? []);
    const verdicts = await this.transactions.run((manager) =>
      this.store.write(
        {
          exposures: lines.map(({ exposure }) => exposure),
          outcomes,
          windows: new Map(),
          ...this.rules(experiment),
        },
        days,
        manager,
      ),
    );
    if ('closedDay' in verdicts) {
      const { code, message } = retentionPassed(verdicts, `a line of "${experiment.key}"`);
      for (const { line } of lines) refuse(report, { line, code, detail: message });
      return;
    }
    this.partitions.remember(days);
    const duplicates = verdicts.filter((verdict) => verdict === 'duplicate').length;
    report.duplicates += duplicates;
    report.accepted += lines.length - duplicates;
  }

  /** Rules for the whole catalogue: a unit that changes its variant takes every metric along. */
  private rules(experiment: Experiment) {
    return {
      metrics: this.catalogue.entries().map(metricRule),
      ratios: ratioRules(experiment, (key) => this.catalogue.get(key)),
    };
  }
}

function refuse(report: Growing<ImportReport>, refusal: ImportRefusal): void {
  report.refused += 1;
  if (report.refusals.length < reportedRefusals) report.refusals.push(refusal);
}
