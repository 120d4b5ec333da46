import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Experiment } from '../experiments/experiment.js';
import { SeenExperiment } from '../experiments/seen-experiment.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import { Force, type ForceBody } from './force.schema.js';
import { ForceService, type IssuedPass } from './force.service.js';

@ApiTags('assignments')
@Controller('v1/experiments/:key/force')
export class ForceController {
  constructor(private readonly forces: ForceService) {}

  @Post()
  @HttpCode(200)
  @RequiresScope('operate')
  @ApiOperation({ summary: 'A signed header with which a decorated route serves a variant, to look at it' })
  issue(
    @SeenExperiment() seen: Experiment,
    @Body({ schema: Force }) { variant, expires }: ForceBody,
  ): IssuedPass {
    return this.forces.issue(seen, variant, expires);
  }
}
