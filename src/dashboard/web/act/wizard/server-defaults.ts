import { numberText } from '../../format/number-in.js';
import type { GuardrailForm, RampStepForm } from './draft-form.js';

/** What the server takes for a field that is left empty, to be shown in its place. A test holds these to the server's own. */
export const serverDefaults = {
  unit: 'user',
  coverage: '100',
  holdback: '0',
  weight: '1',
  window: 'P7D',
  before: 'P28D',
  alpha: '0.05',
  power: '0.8',
  minimumDays: '14',
  maximumDays: '60',
  every: 'PT1H',
  floor: '0.01',
  burnInUnits: '100',
  judgeMetric: 'quality_score',
  samplingRate: '0.1',
  budgetUsdPerDay: '10',
} as const;

/** The guardrails of an experiment that names none. */
export const defaultGuardrails: readonly GuardrailForm[] = [
  { metric: 'error', bound: 'above', value: numberText(0.1), quantile: '', relative: false, action: 'pause' },
  {
    metric: 'latency_ms',
    bound: 'above',
    value: '5000',
    quantile: numberText(0.95),
    relative: false,
    action: 'pause',
  },
  { metric: 'user_rating', bound: 'below', value: '3', quantile: '', relative: false, action: 'pause' },
];

/** The steps the server proposes for a change of prompt. */
export const suggestedRamp: readonly RampStepForm[] = (
  [
    ['P0D', '5'],
    ['P2D', '10'],
    ['P5D', '25'],
    ['P7D', '50'],
    ['P10D', '100'],
  ] as const
).map(([after, coverage]) => ({ after, coverage, units: '', approval: false }));

export const units = ['user', 'session', 'conversation', 'tenant', 'request'] as const;

/** What a guardrail can do, the mildest first, with what that means. */
export const guardrailActions: readonly { readonly action: string; readonly words: string }[] = [
  { action: 'warn', words: 'note it in the log' },
  { action: 'zero', words: 'no new units for the variant' },
  { action: 'pause', words: 'everyone on the fallback until resumed' },
  { action: 'roll-back', words: 'the same, with all weight back on the control' },
  { action: 'kill', words: 'everyone on the fallback at once, until a person lifts it' },
];
