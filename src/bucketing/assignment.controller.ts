import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RegistryService } from '../experiments/registry.service.js';
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
  constructor(
    private readonly assignments: AssignmentService,
    private readonly registry: RegistryService,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "A unit's variant; asking is the exposure, unless peek" })
  async assign(@Body({ schema: AssignmentRequest }) body: AssignmentBody) {
    const { experiment, unit, explain, ...options } = body;
    const assignment = await this.assignments.assign(experiment, unit, options);
    return {
      ...this.view(assignment, options.peek),
      ...(explain ? { explanation: explanation(assignment.reason) } : {}),
    };
  }

  @Post('batch')
  @HttpCode(200)
  @ApiOperation({ summary: "A unit's variants in several experiments, or in all that run" })
  async assignBatch(@Body({ schema: AssignmentBatchRequest }) body: AssignmentBatchBody) {
    const keys = body.experiments ?? this.running();
    const { unit, experiments: _experiments, ...options } = body;
    const assignments = await Promise.all(
      keys.map(async (key) => this.assignments.assign(key, unit, options)),
    );
    return { assignments: assignments.map((assignment) => this.view(assignment, options.peek)) };
  }

  @Get()
  @ApiOperation({ summary: 'Looks up what a unit would be served, exposing nobody' })
  async lookUp(@Query({ schema: AssignmentQuery }) query: AssignmentLookup) {
    return this.view(await this.assignments.assign(query.experiment, query.unit, { peek: true }), true);
  }

  private running(): string[] {
    const served = ['running', 'rolling-out', 'concluded'];
    return this.registry
      .list()
      .filter(({ experiment }) => served.includes(experiment.status))
      .map(({ experiment }) => experiment.key);
  }

  private view(assignment: Assignment, peek: boolean) {
    const { experiment, variant, config, reason, propensity, epoch, version } = assignment;
    const token = peek ? null : this.assignments.tokenOf(assignment);
    return { experiment, variant, config, reason, propensity, epoch, version, token };
  }
}
