import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import { RequestActor } from '../actor.decorator.js';
import type { Actor } from '../decision.js';
import type { ProgrammeHoldbackView } from './programme-holdback.js';
import { SetProgrammeHoldback, type SetProgrammeHoldbackBody } from './programme-holdback.schema.js';
import { ProgrammeHoldbackService } from './programme-holdback.service.js';

@ApiTags('experiments')
@Controller('v1/programme/holdback')
export class ProgrammeHoldbackController {
  constructor(private readonly holdback: ProgrammeHoldbackService) {}

  @Get()
  @RequiresScope('read')
  @ApiOperation({ summary: 'The share of all units that no experiment touches, or null' })
  async show(): Promise<{ holdback: ProgrammeHoldbackView | null }> {
    return { holdback: await this.holdback.view() };
  }

  @Put()
  @RequiresScope('operate')
  @ApiOperation({
    summary: 'Hold the same share of units back from every experiment that starts from now on',
  })
  async set(
    @Body({ schema: SetProgrammeHoldback }) { percent, reason }: SetProgrammeHoldbackBody,
    @RequestActor() actor: Actor,
  ): Promise<{ holdback: ProgrammeHoldbackView | null }> {
    return { holdback: await this.holdback.set(percent, actor, reason) };
  }

  @Delete()
  @HttpCode(204)
  @RequiresScope('operate')
  @ApiOperation({ summary: 'Hold nobody back from experiments that start later' })
  end(): Promise<void> {
    return this.holdback.end();
  }
}
