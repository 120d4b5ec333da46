import { Body, Controller, Delete, Get, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import type { Actor, RecordedDecision } from './decision.js';
import { RequestActor } from './actor.decorator.js';
import { ExperimentViewInterceptor } from './experiment-view.interceptor.js';
import { epochView, experimentView } from './experiment-view.mapper.js';
import {
  CreateExperiment,
  ListExperiments,
  type ExperimentListQuery,
  type ExperimentRequest,
} from './experiment.schema.js';
import type { Experiment } from './experiment.js';
import { ExperimentsService } from './experiments.service.js';
import { RegistryService } from './registry.service.js';
import { SeenExperiment } from './seen-experiment.decorator.js';

@ApiTags('experiments')
@Controller('v1/experiments')
export class ExperimentsController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly registry: RegistryService,
  ) {}

  @Post()
  @RequiresScope('operate')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'Create a draft; what to reconsider comes back in warnings' })
  create(@Body({ schema: CreateExperiment }) body: ExperimentRequest, @RequestActor() actor: Actor) {
    return this.experiments.create(body, actor);
  }

  @Get()
  @RequiresScope('read')
  @ApiOperation({ summary: 'Experiments, oldest first' })
  list(@Query({ schema: ListExperiments }) query: ExperimentListQuery) {
    const entries = this.registry
      .list()
      .filter(({ experiment }) => query.status === undefined || experiment.status === query.status)
      .filter(({ experiment }) => query.stale !== 'true' || this.registry.usesOf(experiment).length > 0)
      .filter(({ experiment }) => experiment.id > query.cursor)
      .sort((a, b) => a.experiment.id - b.experiment.id);
    const page = entries.slice(0, query.limit);
    return {
      experiments: page.map((entry) => ({
        ...experimentView(entry),
        ...(query.stale === 'true' ? { usedBy: this.registry.usesOf(entry.experiment) } : {}),
      })),
      cursor: entries.length > page.length ? page.at(-1)?.experiment.id : null,
    };
  }

  @Get(':key')
  @RequiresScope('read')
  @UseInterceptors(ExperimentViewInterceptor)
  @ApiOperation({ summary: 'One experiment with its present weight epoch' })
  get(@SeenExperiment() seen: Experiment) {
    return this.experiments.fresh(seen.key);
  }

  @Delete(':key')
  @HttpCode(204)
  @RequiresScope('operate')
  @ApiOperation({ summary: 'Delete a draft' })
  delete(@SeenExperiment() seen: Experiment): Promise<void> {
    return this.experiments.delete(seen);
  }

  @Get(':key/epochs')
  @RequiresScope('read')
  @ApiOperation({ summary: 'Weight epochs, newest first, each with its cause and evidence' })
  async epochs(@SeenExperiment() seen: Experiment) {
    const { epochs } = await this.experiments.fresh(seen.key);
    return { epochs: epochs.map(epochView).reverse() };
  }

  @Get(':key/decisions')
  @RequiresScope('read')
  @ApiOperation({ summary: 'Every automatic or human action with its evidence, newest first' })
  async decided(@SeenExperiment() seen: Experiment): Promise<{ decisions: RecordedDecision[] }> {
    return { decisions: await this.experiments.decisionsOf(seen) };
  }
}
