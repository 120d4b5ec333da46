import type { Guardrail } from '../../experiments/guardrail.js';
import type { GuardrailVerdict } from '../../guardrails/verdict.js';

/** What a guardrail says of all variants together: the worst of its verdicts. */
export type GuardrailState = 'quiet' | 'unclear' | 'breached' | 'no-data';

export interface GuardrailLight {
  /** What it promises not to do, for people: `latency_ms p95 above 5000`. */
  readonly name: string;
  readonly state: GuardrailState;
}

/**
 * One light for each guardrail. `unclear`: too little is known of some variant; `no-data`: no unit has a value yet.
 *
 * @example guardrailLights(experiment.guardrails, verdicts); // [{ name: 'error above 0.1', state: 'quiet' }]
 */
export function guardrailLights(
  guardrails: readonly Guardrail[],
  verdicts: readonly GuardrailVerdict[],
): GuardrailLight[] {
  return guardrails.map((guardrail) => {
    const name = guardrailName(guardrail);
    return { name, state: worst(verdicts.filter((verdict) => guardrailName(verdict.guardrail) === name)) };
  });
}

function worst(verdicts: readonly GuardrailVerdict[]): GuardrailState {
  if (verdicts.some(({ status }) => status === 'breached')) return 'breached';
  if (verdicts.every(({ units }) => units === 0)) return 'no-data';
  return verdicts.some(({ status }) => status === 'insufficient') ? 'unclear' : 'quiet';
}

/**
 * A guardrail in words, the harm that it watches for.
 *
 * @example guardrailName({ metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' }); // 'latency_ms p95 above 5000'
 */
export function guardrailName({
  metric,
  quantile,
  above,
  below,
  worseThanControlBy,
  relative,
}: Guardrail): string {
  if (worseThanControlBy !== undefined) {
    const margin = relative ? `${short(100 * worseThanControlBy)} %` : short(worseThanControlBy);
    return `${metric} worse than control by ${margin}`;
  }
  const level = quantile === undefined ? '' : ` p${short(100 * quantile)}`;
  return `${metric}${level} ${above === undefined ? `below ${short(below ?? 0)}` : `above ${short(above)}`}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
