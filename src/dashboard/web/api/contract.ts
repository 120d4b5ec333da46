import type { epochView, experimentView } from '../../../experiments/experiment-view.mapper.js';
import type { RecordedDecision } from '../../../experiments/decision.js';
import type { GuardrailOverride } from '../../../guardrails/override/guardrail-override.js';
import type { Spend } from '../../../guardrails/spend/spend.js';
import type { GuardrailVerdict } from '../../../guardrails/verdict.js';
import type { RampView } from '../../../rollouts/ramp-view.js';
import type { RolloutView } from '../../../rollouts/stage.service.js';
import type { OverviewItem } from '../../overview/overview.js';
import type { ReplayDocument } from '../../../allocation/replay/replay-document.js';
import type { CostEstimate } from '../../../analysis/cost-estimate/cost-estimate.js';
import type { Plan } from '../../../analysis/planning/plan.js';
import type { Report } from '../../../analysis/report.js';
import type { Series } from '../../../analysis/looks/series.js';
import type { TimeReport } from '../../../analysis/time/time-effects.js';
import type { Warning } from '../../../analysis/warning.js';
import type { Metric } from '../../../catalogue/metric.js';

/** What a value is once it has been sent as JSON: instants are text. */
export type Json<T> = T extends Date
  ? string
  : T extends object
    ? { readonly [Key in keyof T]: Json<T[Key]> }
    : T;

/** The server's own types: what it answers cannot differ from what the page expects. */
export type ExperimentView = Json<ReturnType<typeof experimentView>>;
export type EpochView = Json<ReturnType<typeof epochView>>;
export type DecisionView = Json<RecordedDecision>;
export type ReportView = Json<Report>;
export type OverviewItemView = Json<OverviewItem>;
export type MetricReportView = ReportView['metrics'][number];
export type VariantMetricView = MetricReportView['variants'][number];
export type ComparisonView = MetricReportView['comparisons'][number];
export type SeriesView = Json<Series>;
export type TimeReportView = Json<TimeReport> & { readonly warnings: readonly Warning[] };
export type MetricView = Json<Metric>;
export type VerdictView = Json<GuardrailVerdict>;
export type OverrideView = Json<GuardrailOverride>;
export type SpendView = Json<Spend>;
export type RampStateView = Json<RampView>;
export type RolloutStateView = Json<RolloutView>;
export type PlanView = Json<Plan>;
export type ReplayView = Json<ReplayDocument>;
export type ReplayStepView = ReplayView['steps'][number];
export type CostEstimateView = Json<CostEstimate>;
