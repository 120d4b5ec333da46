import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Experiment } from './experiment.js';
import { ExperimentsService } from './experiments.service.js';
import { assertIfMatch } from './if-match.js';

/** What a request says of the experiment it is about. */
export interface ExperimentReference {
  readonly key: string;
  readonly ifMatch: string | undefined;
}

/** Reads the experiment that a request names, at the version that the request expects. */
@Injectable()
export class SeenExperimentPipe implements PipeTransform<ExperimentReference, Promise<Experiment>> {
  constructor(private readonly experiments: ExperimentsService) {}

  async transform({ key, ifMatch }: ExperimentReference): Promise<Experiment> {
    const experiment = await this.experiments.find(key);
    assertIfMatch(experiment, ifMatch);
    return experiment;
  }
}
