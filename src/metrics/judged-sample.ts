import type { JudgedUnit } from '../statistics/clustered-prediction-powered.js';

/** A variant's units with what a judge, and for some interactions people, said of them. */
export interface JudgedSample {
  readonly variant: string;
  readonly units: readonly JudgedUnit[];
}
