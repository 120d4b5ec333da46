import { Body, Controller, Delete, Get, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { ExperimentWrite } from './experiment-write.decorator.js';
import type { Actor, DecisionPage } from './decision.js';
import { RequestActor } from './actor.decorator.js';
import { ExperimentViewInterceptor } from './experiment-view.interceptor.js';
import { epochView, experimentView } from './experiment-view.mapper.js';
import {
  CreateExperiment,
  HistoryQuery,
  ListExperiments,
  type ExperimentListQuery,
  type ExperimentRequest,
} from './experiment.schema.js';
import type { Experiment } from './experiment.js';
import { inlineConfig } from './inline-config.js';
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
  @ExperimentWrite()
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
        ...(query.stale === 'true'
          ? { usedBy: this.registry.usesOf(entry.experiment), inline: inlineConfig(entry.experiment) }
          : {}),
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
  @ExperimentWrite()
  delete(@SeenExperiment() seen: Experiment): Promise<void> {
    return this.experiments.delete(seen);
  }

  @Get(':key/epochs')
  @RequiresScope('read')
  @ApiOperation({
    summary: 'Weight epochs, newest first, each with its cause and evidence; those of leaves apart',
    description: 'A page of them; `cursor` of one page gives the next. The first page has all leaves.',
  })
  async epochs(@SeenExperiment() seen: Experiment, @Query({ schema: HistoryQuery }) query: HistoryQuery) {
    const { epochs, leafEpochs = [] } = await this.experiments.fresh(seen.key);
    // A history only grows at its end, so a place in it stays what it is.
    const end = Math.min(query.cursor ?? epochs.length, epochs.length);
    const begin = Math.max(0, end - query.limit);
    const leaves = query.cursor === undefined ? leafEpochs : [];
    return {
      epochs: epochs.slice(begin, end).map(epochView).reverse(),
      leaves: leaves.map(epochView).reverse(),
      cursor: begin > 0 ? begin : null,
    };
  }

  @Get(':key/decisions')
  @RequiresScope('read')
  @ApiOperation({ summary: 'Every automatic or human action with its evidence, newest first; in pages' })
  decided(
    @SeenExperiment() seen: Experiment,
    @Query({ schema: HistoryQuery }) query: HistoryQuery,
  ): Promise<DecisionPage> {
    return this.experiments.decisionPage(seen, query);
  }
}
