import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '../../operations/requires-scope.decorator.js';
import type { PlanRequest } from './plan-design.js';
import { CreatePlan } from './plan.schema.js';
import type { Plan } from './plan.js';
import { PlansService } from './plans.service.js';

@ApiTags('plans')
@Controller('v1/plans')
@RequiresScope('read')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'How many units and days an experiment needs, and what it can find sooner' })
  plan(@Body({ schema: CreatePlan }) body: PlanRequest): Promise<Plan> {
    return this.plans.plan(body);
  }
}
