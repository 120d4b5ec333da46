// Setting up
export { AssayModule } from './assay.module.js';
export type { AssayOptions } from './assay.options.js';
export type { AssayAsyncOptions } from './assay-options.module.js';
export { readConfiguration } from './operations/configuration/read-configuration.js';
export { Configuration } from './operations/configuration/configuration.js';

// Writing an experiment in code
export type { MetricDefinition } from './catalogue/metric.schema.js';
export type { ExperimentDefinition } from './experiments/experiment.schema.js';

// Decorating a route
export { Experiment } from './decorator/experiment.decorator.js';
export { Variant } from './decorator/variant.decorator.js';
export { ExperimentContext } from './decorator/experiment-context.service.js';
export type { AssignedVariant } from './decorator/assigned-variant.js';
export { unitFromHeader } from './decorator/declaration/experiment-use.js';

// Assigning and measuring without a decorator
export { AssignmentService } from './bucketing/assignment.service.js';
export type { AssignAllOptions, AssignOptions } from './bucketing/assign-options.js';
export type { Assignment, UnitAssignment } from './bucketing/assignment.js';
export { OutcomeService } from './metrics/outcome.service.js';
export { FeedbackService } from './metrics/feedback.service.js';

// Asking language models, and what is logged of it
export { LlmService } from './llm/llm.service.js';
export { LlmError, type LlmErrorKind } from './llm/llm-error.js';
export type { Generation } from './llm/generation.js';
export type { Redact } from './generations/generation-log.options.js';

// Reading results
export { AnalysisService } from './analysis/analysis.service.js';
export type { Report } from './analysis/report.js';
export { offPolicyEstimate, type LoggedChoice, type OffPolicyEstimate } from './statistics/off-policy.js';

// Reacting to what happens
export { assayEvents, type DecisionEvent } from './operations/events/assay-events.js';

// Handling refusals
export { AssayError, type ErrorCode, type Fault } from './operations/assay-error.js';
