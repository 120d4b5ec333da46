import { Injectable } from '@nestjs/common';
import type { Experiment } from '../../experiments/experiment.js';
import { WeightEpochStore } from '../../experiments/weight-epoch.store.js';
import { TotalsStore } from '../../metrics/totals.store.js';
import { epochCounts, sampleRatioHealth, type SampleRatio } from './sample-ratio-health.js';

/** Units that met a variant in the test, and whether they came in the shares that the weights promised. */
export interface TestedUnits {
  readonly units: number;
  readonly sampleRatio: SampleRatio;
}

/** The part of a report's health that traffic is moved by; it costs two small reads. */
@Injectable()
export class SampleRatioService {
  constructor(
    private readonly totals: TotalsStore,
    private readonly epochs: WeightEpochStore,
  ) {}

  /** All units of the test so far, matured or not. */
  async testedUnits(experiment: Experiment): Promise<TestedUnits> {
    const arrivals = await this.totals.arrivals(experiment.id, 0);
    const test = (await this.epochs.listAll(experiment.id)).filter(({ phase }) => phase === 0);
    const counts = epochCounts(experiment, test, arrivals);
    return {
      units: counts.reduce((sum, { units }) => sum + units.reduce((total, each) => total + each, 0), 0),
      sampleRatio: sampleRatioHealth(counts, experiment.source),
    };
  }
}
