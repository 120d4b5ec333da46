import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Experiment } from '../experiments/experiment.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { StageService, type RolloutView } from './stage.service.js';

@ApiTags('rollouts')
@Controller('v1/experiments/:key/rollout')
@RequiresScope('read')
export class RolloutViewController {
  constructor(private readonly stages: StageService) {}

  @Get()
  @ApiOperation({ summary: 'The rollout under way, with the winner against what is left of control' })
  view(@SeenExperiment() seen: Experiment): Promise<RolloutView> {
    return this.stages.view(seen);
  }
}
