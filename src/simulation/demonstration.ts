import { controlMean } from './simulation-options.js';
import { burnInUnits } from './users/waves.js';

export const control = 'control';
export const treatment = 'treatment';

/**
 * The true mean rating of a variant's summaries.
 *
 * @example trueMean('treatment', 0.3) // 3.9
 */
export function trueMean(variant: string, effect: number): number {
  return controlMean + (variant === treatment ? effect : 0);
}

/** Seconds after their first summary during which what users do counts. */
export const windowSeconds = 2;

/** After so many milliseconds the units exposed by now are matured: the window, and the second that bins them. */
export const maturingMilliseconds = (windowSeconds + 1) * 1000 + 100;

/** Name of a run, unused as long as the server holds no such experiment. */
export function runName(seed: number, run: number): string {
  return `simulation-s${seed}-r${run}`;
}

/**
 * The experiment that a simulation creates, as `POST /v1/experiments` takes it: the article's two prompts, marked as a
 * demonstration so that it may be decided within seconds, and over by itself after a day.
 *
 * @example demonstration('simulation-s1-r1', 0.3).demonstration // true
 */
export function demonstration(key: string, effect: number) {
  return {
    key,
    name: `Simulated users, true effect ${effect}`,
    description: 'Made by npm run simulate. Nobody real is in it.',
    hypothesis: 'The report finds the effect that the simulated users were given.',
    demonstration: true,
    control,
    variants: [
      { key: control, config: { systemPrompt: 'Summarize the following text concisely.' } },
      {
        key: treatment,
        config: { systemPrompt: 'Summarize the following text in 2-3 sentences. Focus on the key takeaway.' },
      },
    ],
    metrics: {
      primary: ['user_rating'],
      secondary: ['thumbs_up', 'latency_ms', 'cost_usd', 'abandoned', 'retried'],
      minimumEffect: 0.1,
      window: `PT${windowSeconds}S`,
    },
    plan: { minimumDays: 0, maximumDays: 1, decision: 'Ship what is better by 0.1 stars at least.' },
  };
}

/**
 * Thompson sampling as `PUT …/allocation` takes it. Its own period is long, as each wave asks for the next step.
 *
 * @example banditAllocation(3000).burnIn // { unitsPerVariant: 93 }
 */
export function banditAllocation(users: number) {
  return {
    mode: 'bandit',
    reward: 'user_rating',
    floor: 0.01,
    every: 'PT1H',
    burnIn: { unitsPerVariant: burnInUnits(users) },
  };
}
