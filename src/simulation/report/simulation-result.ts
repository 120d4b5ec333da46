import type { TrafficCounts } from '../run/traffic.js';

type Interval = readonly [number, number];

/** One figure that the users were given, beside what the report found. */
export interface Estimate {
  readonly name: string;
  readonly truth: number;
  readonly estimate: number | null;
  /** At one look, at the plan's alpha. */
  readonly interval: Interval | null;
  /** However often one looks; of the difference alone. */
  readonly sequentialInterval: Interval | null;
  readonly units: number | null;
}

/** A metric of the report, shortly. */
export interface MetricLine {
  readonly key: string;
  readonly means: Readonly<Record<string, number | null>>;
  readonly difference: number | null;
  readonly interval: Interval | null;
}

/** A weight epoch, and where the new users went while it lasted. */
export interface EpochLine {
  readonly number: number;
  readonly cause: string;
  readonly reason: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly newUsers: Readonly<Record<string, number>>;
  /** Share of new users whom the better variant got; null where none came, or none is better. */
  readonly betterShare: number | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** A step that the bandit was asked for. */
export interface BanditStepLine {
  readonly afterUsers: number;
  readonly outcome: string;
  readonly reason: string;
}

/** What users of the example's own routes did. */
export interface ExampleCounts {
  readonly users: number;
  readonly summaries: number;
  readonly ratings: number;
  /** Requests that the user left before the answer was there. */
  readonly abandoned: number;
  readonly retried: number;
  readonly failed: number;
  /** Why these routes were left out; null where they were not. */
  readonly leftOut: string | null;
}

/** A simulation from end to end; what `--json` prints. */
export interface SimulationResult {
  readonly experiment: string;
  readonly status: string;
  readonly users: number;
  readonly effect: number;
  readonly seed: number;
  readonly mode: 'fixed' | 'bandit';
  readonly seconds: number;
  readonly better: string | null;
  readonly estimates: readonly Estimate[];
  readonly metrics: readonly MetricLine[];
  readonly epochs: readonly EpochLine[];
  readonly steps: readonly BanditStepLine[];
  /** Early users who were asked again at the end, and how many of them still have their variant. */
  readonly sticky: { readonly asked: number; readonly kept: number };
  readonly traffic: TrafficCounts;
  readonly example: ExampleCounts;
  readonly warnings: readonly string[];
  readonly recommendation: {
    readonly action: string;
    readonly variant: string | null;
    readonly reason: string;
  };
}
