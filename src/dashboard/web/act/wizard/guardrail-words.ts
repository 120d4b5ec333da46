import { metricNameOf } from '../../format/metric.js';
import { numberFrom } from '../../format/number-in.js';
import type { GuardrailForm } from './draft-form.js';

const done: Readonly<Record<string, string>> = {
  warn: 'note it',
  zero: 'no new units for the variant',
  pause: 'pause',
  'roll-back': 'roll back',
  kill: 'kill',
};

/**
 * A guardrail as a sentence.
 *
 * @example guardrailWords({ metric: 'latency_ms', quantile: '0.95', bound: 'above', value: '5000', … }) // 'latency (p95) above 5000: pause'
 */
export function guardrailWords({ metric, bound, value, quantile, relative, action }: GuardrailForm): string {
  const isMargin = bound === 'worseThanControlBy';
  const part = numberFrom(quantile);
  const share = part === undefined || isMargin ? '' : ` (p${Number((part * 100).toFixed(3))})`;
  const name = metric === '' ? 'A metric' : metricNameOf(metric);
  const amount = value.trim() || '…';
  const bounded = relative && isMargin ? numberFrom(value) : undefined;
  const size = bounded === undefined ? amount : `${Number((bounded * 100).toPrecision(12))}%`;
  const words = isMargin ? `worse than the control by ${size}` : `${bound} ${amount}`;
  return `${name}${share} ${words}: ${done[action] ?? action}`;
}
