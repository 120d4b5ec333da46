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
import { AllocationModule } from './allocation/allocation.module.js';
import { AnalysisModule } from './analysis/analysis.module.js';
import { PlansController } from './analysis/planning/plans.controller.js';
import { ResultsController } from './analysis/results.controller.js';
import { TimeController } from './analysis/time/time.controller.js';
import { AssignmentController } from './bucketing/assignment.controller.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { ExperimentsController } from './experiments/experiments.controller.js';
import { LifecycleController } from './lifecycle/lifecycle.controller.js';
import { GuardrailController } from './guardrails/guardrail.controller.js';
import { GuardrailsModule } from './guardrails/guardrails.module.js';
import { ExportController } from './metrics/export.controller.js';
import { ImportController } from './metrics/import.controller.js';
import { ArchiveController } from './metrics/retention/archive.controller.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OutcomeController } from './metrics/outcome.controller.js';
import { RolloutController } from './rollouts/rollout.controller.js';
import { RolloutsModule } from './rollouts/rollouts.module.js';
import { ProblemFilter } from './operations/problem/problem.filter.js';
import { SchemaValidationPipe } from './operations/problem/schema-validation.pipe.js';

const controllers = [
  ExperimentsController,
  LifecycleController,
  CatalogueController,
  AssignmentController,
  OutcomeController,
  ImportController,
  ExportController,
  ArchiveController,
  ResultsController,
  TimeController,
  PlansController,
  AllocationController,
  RolloutController,
  GuardrailController,
];

const imports = [MetricsModule, AnalysisModule, AllocationModule, RolloutsModule, GuardrailsModule];

/** Assay's REST routes: the server has them always, a user's own application only when it asks for them. */
@Module({ imports, controllers })
export class AssayRoutesModule {
  /** The routes in an application with its own access control: behind its guard, with Assay's validation and errors. */
  static behind(guard: Type<CanActivate>): DynamicModule {
    for (const controller of controllers) {
      UseGuards(guard)(controller);
      UseFilters(ProblemFilter)(controller);
      UsePipes(SchemaValidationPipe)(controller);
    }
    return { module: AssayRoutesModule };
  }
}
