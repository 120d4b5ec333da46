import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import {
  AssignmentBatchRequest,
  AssignmentQuery,
  AssignmentRequest,
  type AssignmentBatchBody,
  type AssignmentBody,
  type AssignmentLookup,
} from './assignment.schema.js';
import type { Assignment } from './assignment.js';
import { AssignmentService } from './assignment.service.js';
import { explanation } from './explanation.js';

@ApiTags('assignments')
@Controller('v1/assignments')
@RequiresScope('evaluate')
export class AssignmentController {
  constructor(private readonly assignments: AssignmentService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "A unit's variant; asking is the exposure, unless peek" })
  async assign(@Body({ schema: AssignmentRequest }) body: AssignmentBody) {
    const { experiment, unit, explain, ...options } = body;
    const assignment = await this.assignments.assign(experiment, unit, options);
    return {
      ...this.view(assignment, unit, options.peek),
      ...(explain ? { explanation: explanation(assignment.reason) } : {}),
    };
  }

  @Post('batch')
  @HttpCode(200)
  @ApiOperation({ summary: "A unit's variants in several experiments, or in all that run" })
  async assignBatch(@Body({ schema: AssignmentBatchRequest }) body: AssignmentBatchBody) {
    const { unit, experiments, ...options } = body;
    const assignments = experiments
      ? await Promise.all(experiments.map(async (key) => this.assignments.assign(key, unit, options)))
      : await this.assignments.assignAll(unit, options);
    return { assignments: assignments.map((assignment) => this.view(assignment, unit, options.peek)) };
  }

  @Get()
  @ApiOperation({ summary: 'Looks up what a unit would be served, exposing nobody' })
  async lookUp(@Query({ schema: AssignmentQuery }) query: AssignmentLookup) {
    const { experiment, unit } = query;
    return this.view(await this.assignments.assign(experiment, unit, { peek: true }), unit, true);
  }

  private view(assignment: Assignment, unitId: string, peek: boolean) {
    const { experiment, variant, config, reason, propensity, epoch, version } = assignment;
    const token = peek ? null : this.assignments.tokenOf({ ...assignment, unitId });
    return { experiment, variant, config, reason, propensity, epoch, version, token };
  }
}
