import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DirectBody, DirectQuery } from '../operations/http/direct-input.decorator.js';
import { RequiresScope } from '../operations/requires-scope.decorator.js';
import {
  AssignmentBatchRequest,
  AssignmentQuery,
  AssignmentRequest,
  type AssignmentBatchBody,
  type AssignmentBody,
  type AssignmentLookup,
} from './assignment.schema.js';
import type { Assignment, UnitAttributes } from './assignment.js';
import { AssignmentService } from './assignment.service.js';
import { explainAssignment } from './explain-assignment.js';
import { UnitLinks } from './links/unit-links.service.js';

@ApiTags('assignments')
@Controller('v1/assignments')
@RequiresScope('evaluate')
export class AssignmentController {
  private readonly lookUps = new WeakMap<Assignment, object>();

  constructor(
    private readonly assignments: AssignmentService,
    private readonly links: UnitLinks,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "A unit's variant; asking is the exposure, unless peek" })
  assign(@DirectBody(AssignmentRequest) body: AssignmentBody) {
    const { experiment, unit, explain, ...options } = body;
    const view = (assignment: Assignment) => ({
      ...this.view(assignment, unit, options.peek),
      ...(explain ? { explanation: this.explain(assignment, unit, options.attributes) } : {}),
    });
    const assigned = this.assignments.assign(experiment, unit, options);
    return assigned instanceof Promise ? assigned.then(view) : view(assigned);
  }

  @Post('batch')
  @HttpCode(200)
  @ApiOperation({ summary: "A unit's variants in several experiments, or in all that run" })
  async assignBatch(@DirectBody(AssignmentBatchRequest) body: AssignmentBatchBody) {
    const { unit, experiments, ...options } = body;
    const assignments = experiments
      ? await Promise.all(experiments.map(async (key) => this.assignments.assign(key, unit, options)))
      : await this.assignments.assignAll(unit, options);
    return { assignments: assignments.map((assignment) => this.view(assignment, unit, options.peek)) };
  }

  @Get()
  @ApiOperation({ summary: 'Looks up what a unit would be served, exposing nobody' })
  lookUp(@DirectQuery(AssignmentQuery) query: AssignmentLookup) {
    const { experiment, unit } = query;
    const assigned = this.assignments.assign(experiment, unit, { peek: true });
    return assigned instanceof Promise
      ? assigned.then((assignment) => this.lookedUp(assignment, unit))
      : this.lookedUp(assigned, unit);
  }

  private explain(assignment: Assignment, asked: string, attributes: UnitAttributes = {}) {
    const experiment = assignment.entry?.experiment;
    const hashed = experiment ? this.links.idIn(experiment.id, asked) : asked;
    return explainAssignment(assignment, hashed, attributes, asked);
  }

  /** Assignments are shared, and without a token so is what is said of them. */
  private lookedUp(assignment: Assignment, unitId: string) {
    const known = this.lookUps.get(assignment);
    if (known) return known;
    const view = Object.freeze(this.view(assignment, unitId, true));
    this.lookUps.set(assignment, view);
    return view;
  }

  private view(assignment: Assignment, unitId: string, peek: boolean) {
    const { experiment, variant, config, reason, propensity, epoch, version } = assignment;
    const token = peek ? null : this.assignments.tokenOf({ ...assignment, unitId });
    return { experiment, variant, config, reason, propensity, epoch, version, token };
  }
}
