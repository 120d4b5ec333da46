import type { Guardrail } from '../experiments/guardrail.js';
import type { PathPoint } from './evidence/evidence-path.js';

/** Chance that any guardrail of an experiment ever raises a false alarm. */
export const falseAlarmRate = 0.01;

/** What a guardrail says about one variant just now. */
export interface GuardrailVerdict {
  readonly guardrail: Guardrail;
  readonly variant: string;
  /** `breached`: the mean is surely beyond the threshold. `insufficient`: too little is known to say either. */
  readonly status: 'ok' | 'insufficient' | 'breached';
  /** The metric whose mean is bounded. */
  readonly metric: string;
  /** On which side of the threshold harm lies. */
  readonly side: 'above' | 'below';
  /** Beside control: its mean and the margin; null while that is not known. */
  readonly threshold: number | null;
  /** The UTC day of first exposure from which on units are counted, `YYYY-MM-DD`; null = all. */
  readonly since: string | null;
  /** Units with a value, matured or not: harm does not wait. */
  readonly units: number;
  readonly mean: number | null;
  /** Held against the threshold; see `guardedBound`. */
  readonly bound: number | null;
  /** This verdict's share of the false-alarm rate. */
  readonly alpha: number;
  /** How much speaks against "no harm"; from 1 / `eValueAlpha` on, harm is sure. Null where there is no e-process. */
  readonly eValue: number | null;
  /** The part of `alpha` that the e-value may spend; null where there is none. */
  readonly eValueAlpha: number | null;
  /** How the e-value came about, thinned; the oldest look first. */
  readonly path: readonly PathPoint[];
  /** Until when a person has overridden it, so that it takes no action; null = it acts. */
  readonly overriddenUntil: Date | null;
  /** Of a judge's scores while the judge fails: why they decide nothing just now. Left out otherwise. */
  readonly distrusted?: string;
}

/** What is found out about a variant; the rest of a verdict says about what. */
export type Finding = Pick<
  GuardrailVerdict,
  'status' | 'since' | 'units' | 'mean' | 'bound' | 'eValue' | 'eValueAlpha' | 'path'
>;
