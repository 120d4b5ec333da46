import { Injectable } from '@nestjs/common';
import { maturedBefore } from '../../bucketing/cohort.js';
import { CatalogueService } from '../../catalogue/catalogue.service.js';
import { Transactions } from '../../database/transactions.service.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { Clock } from '../../operations/clock.js';
import { rowsAtOnce, SketchStore } from './sketch.store.js';

/** Folds what has matured, so that a quantile is read as fast after a year as after a month. */
@Injectable()
export class SketchService {
  constructor(
    private readonly sketches: SketchStore,
    private readonly transactions: Transactions,
    private readonly catalogue: CatalogueService,
    private readonly registry: RegistryService,
    private readonly clock: Clock,
  ) {}

  /** Folds the matured sketches of every experiment; how many rows went into others. */
  async fold(): Promise<number> {
    const metrics = this.catalogue
      .entries()
      .filter(({ metric }) => metric.kind === 'quantile')
      .map(({ id }) => id);
    if (metrics.length === 0) return 0;
    let folded = 0;
    for (const { experiment } of this.registry.list()) {
      const { id: experimentId, source } = experiment;
      const window = experiment.metrics.window;
      const binsBefore = source === 'imported' ? null : maturedBefore(this.clock.now(), window);
      let rows: number;
      do {
        rows = await this.transactions.run((manager) =>
          this.sketches.fold({ experimentId, metrics, binsBefore }, manager),
        );
        folded += rows;
      } while (rows === rowsAtOnce);
    }
    return folded;
  }
}
