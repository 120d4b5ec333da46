import {
  Module,
  UseFilters,
  UseGuards,
  UsePipes,
  type CanActivate,
  type DynamicModule,
  type Type,
} from '@nestjs/common';
import { AllocationController } from './allocation/allocation.controller.js';
import { ReplayController } from './allocation/replay/replay.controller.js';
import { AllocationModule } from './allocation/allocation.module.js';
import { AnalysisModule } from './analysis/analysis.module.js';
import { CostEstimateController } from './analysis/cost-estimate/cost-estimate.controller.js';
import { PlansController } from './analysis/planning/plans.controller.js';
import { ResultsController } from './analysis/results.controller.js';
import { TimeController } from './analysis/time/time.controller.js';
import { AssignmentController } from './bucketing/assignment.controller.js';
import { ForceController } from './bucketing/force.controller.js';
import { UnitLinkController } from './bucketing/links/unit-link.controller.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { ExperimentsController } from './experiments/experiments.controller.js';
import { LayersController } from './experiments/layers.controller.js';
import { ProgrammeHoldbackController } from './experiments/programme/programme-holdback.controller.js';
import { GenerationsController } from './generations/browsing/generations.controller.js';
import { UnitDataController } from './generations/erasure/unit-data.controller.js';
import { GenerationsModule } from './generations/generations.module.js';
import { LifecycleController } from './lifecycle/lifecycle.controller.js';
import { GuardrailController } from './guardrails/guardrail.controller.js';
import { SpendController } from './guardrails/spend/spend.controller.js';
import { GuardrailsModule } from './guardrails/guardrails.module.js';
import { JudgeController } from './judging/judge.controller.js';
import { JudgingModule } from './judging/judging.module.js';
import { LabelsController } from './judging/labels.controller.js';
import { ExportController } from './metrics/export.controller.js';
import { ImportController } from './metrics/import.controller.js';
import { ArchiveController } from './metrics/retention/archive.controller.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OutcomeController } from './metrics/outcome.controller.js';
import { PropagationController } from './propagation/propagation.controller.js';
import { PropagationModule } from './propagation/propagation.module.js';
import { RampController } from './rollouts/ramp.controller.js';
import { RolloutViewController } from './rollouts/rollout-view.controller.js';
import { RolloutController } from './rollouts/rollout.controller.js';
import { RolloutsModule } from './rollouts/rollouts.module.js';
import { ShadowController } from './shadow/shadow.controller.js';
import { ShadowModule } from './shadow/shadow.module.js';
import { SignalsModule } from './signals/signals.module.js';
import { SnippetController } from './signals/snippet.controller.js';
import { DryRunGuard } from './operations/dry-run/dry-run.guard.js';
import { ProblemFilter } from './operations/problem/problem.filter.js';
import { SchemaValidationPipe } from './operations/problem/schema-validation.pipe.js';

const controllers = [
  ExperimentsController,
  LayersController,
  ProgrammeHoldbackController,
  LifecycleController,
  CatalogueController,
  AssignmentController,
  UnitLinkController,
  ForceController,
  OutcomeController,
  SnippetController,
  ImportController,
  ExportController,
  ArchiveController,
  GenerationsController,
  UnitDataController,
  ResultsController,
  TimeController,
  PlansController,
  CostEstimateController,
  AllocationController,
  ReplayController,
  RampController,
  RolloutController,
  RolloutViewController,
  GuardrailController,
  SpendController,
  ShadowController,
  JudgeController,
  LabelsController,
  PropagationController,
];

const imports = [
  MetricsModule,
  GenerationsModule,
  AnalysisModule,
  AllocationModule,
  RolloutsModule,
  GuardrailsModule,
  JudgingModule,
  PropagationModule,
  SignalsModule,
  ShadowModule,
];

/** Assay's REST routes: the server has them always, a user's own application only when it asks for them. */
@Module({ imports, controllers })
export class AssayRoutesModule {
  /** The routes in an application with its own access control: behind its guard, with Assay's validation and errors. */
  static behind(guard: Type<CanActivate>): DynamicModule {
    for (const controller of controllers) {
      UseGuards(guard, DryRunGuard)(controller);
      UseFilters(ProblemFilter)(controller);
      UsePipes(SchemaValidationPipe)(controller);
    }
    return { module: AssayRoutesModule };
  }
}
