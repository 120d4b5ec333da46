import type { ExperimentView } from '../api/contract.js';
import { numberFrom, numberText } from '../format/number-in.js';
import { stepsToApprove } from './legal-actions.js';

/** A stage of a rollout as it is being written. */
export interface StageWish {
  readonly percent: string;
  readonly hold: string;
}

/** The segments of a bandit as they are being written. */
export interface SegmentsWish {
  /** With commas between; empty = one set of weights for everyone. */
  readonly attributes: string;
  readonly minimumUnits: string;
  readonly maximumLeaves: string;
}

/** What a person has filled in, as typed; each action reads what concerns it. */
export interface Wish {
  readonly reason: string;
  /** To be served to all: by concluding, or by a rollout. */
  readonly variant: string;
  readonly cloneKey: string;
  readonly mode: 'fixed' | 'bandit';
  /** Percentages by variant. */
  readonly weights: Readonly<Record<string, string>>;
  /** A metric; empty keeps the present reward. */
  readonly reward: string;
  readonly floor: string;
  readonly every: string;
  readonly segments: SegmentsWish;
  readonly remainder: 'others' | 'control';
  readonly stages: readonly StageWish[];
  /** Coverage of the ramp's step that is approved. */
  readonly step: string;
}

/** A day at 75 %, two at 95 %, then everyone: what the server takes where nothing is said. */
const customaryStages: readonly StageWish[] = [
  { percent: '75', hold: 'PT24H' },
  { percent: '95', hold: 'PT48H' },
  { percent: '100', hold: '' },
];

/**
 * What the form of an action begins with: all as it is.
 *
 * @param winner variant that the report would ship, if it names one
 */
export function firstWish(experiment: ExperimentView, winner: string | null = null): Wish {
  const { allocation, variants, control, metrics } = experiment;
  const other = variants.find(({ key }) => key !== control)?.key ?? control;
  const bandit = allocation.mode === 'bandit' ? allocation : null;
  return {
    reason: '',
    variant: winner ?? other,
    cloneKey: '',
    mode: allocation.mode,
    weights: percentages(experiment),
    reward: bandit ? (typeof bandit.reward === 'string' ? bandit.reward : '') : (metrics.primary[0] ?? ''),
    floor: numberText(Number(((bandit?.floor ?? 0.01) * 100).toPrecision(12))),
    every: bandit?.every ?? 'PT1H',
    segments: {
      attributes: bandit?.segments?.attributes.join(', ') ?? '',
      minimumUnits: String(bandit?.segments?.minimumUnits ?? ''),
      maximumLeaves: String(bandit?.segments?.maximumLeaves ?? ''),
    },
    remainder: 'others',
    stages: customaryStages,
    step: String(stepsToApprove(experiment)[0] ?? ''),
  };
}

/** Present shares, in percent with two decimals at most. */
function percentages({ variants, currentEpoch }: ExperimentView): Record<string, string> {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return Object.fromEntries(
    variants.map(({ key, weight }) => [
      key,
      numberText(Math.round((currentEpoch?.weights[key] ?? weight / total) * 10_000) / 100),
    ]),
  );
}

/** What was typed as a number: text that is none is sent as it is, for the server to name it. */
export function numberOf(text: string): number | string {
  return numberFrom(text) ?? text;
}

/** The attributes that were typed, with commas between. */
export function attributesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
