import type { Random } from '../../src/llm/simulated/seeded-random.js';
import type { JudgedUnit } from '../../src/statistics/clustered-prediction-powered.js';

/** An interaction: the judge's score, and people's label where there is one. */
export interface JudgedInteraction {
  readonly judge: number;
  readonly label: number | null;
}

/** How often a judge sees what is good, and what is bad. */
export interface Judge {
  readonly sensitivity: number;
  readonly specificity: number;
}

/** The sums of a unit's interactions. */
export function judgedUnit(interactions: readonly JudgedInteraction[]): JudgedUnit {
  const labelled = interactions.filter(({ label }) => label !== null);
  const unlabelled = interactions.filter(({ label }) => label === null);
  return {
    labelled: labelled.length,
    labels: sum(labelled.map(({ label }) => label ?? 0)),
    judgeOnLabelled: sum(labelled.map(({ judge }) => judge)),
    spreadOnLabelled: spread(labelled.map(({ judge }) => judge)),
    unlabelled: unlabelled.length,
    judgeElsewhere: sum(unlabelled.map(({ judge }) => judge)),
    spreadElsewhere: spread(unlabelled.map(({ judge }) => judge)),
  };
}

/**
 * Units with a quality of their own (60 % of answers are good on average, intraclass correlation 0.3) and a geometric
 * number of answers, 10 on average; people label a tenth of the answers, drawn at random.
 */
export function judgedByUnit(
  { units, judge }: { readonly units: number; readonly judge: Judge },
  random: Random,
): JudgedInteraction[][] {
  return Array.from({ length: units }, () => {
    // A two-point quality with mean 0.6 and variance 0.3 × 0.24: 0.6 ± 0.26833.
    const quality = 0.6 + (random() < 0.5 ? 1 : -1) * Math.sqrt(0.3 * 0.24);
    const count = 1 + Math.floor(Math.log(1 - random()) / Math.log(0.9));
    return Array.from({ length: count }, () => {
      const good = random() < quality;
      const score = random() < (good ? judge.sensitivity : 1 - judge.specificity) ? 1 : 0;
      return { judge: score, label: random() < 0.1 ? Number(good) : null };
    });
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function spread(values: readonly number[]): number {
  const mean = values.length > 0 ? sum(values) / values.length : 0;
  return sum(values.map((value) => (value - mean) ** 2));
}
