import { seededRandom } from '../llm/simulated/seeded-random.js';

/** What a stand-in for a judge says. */
export interface SimulatedScore {
  readonly score: number;
  readonly reason: string;
}

const reasons: Readonly<Record<number, string>> = {
  1: 'Says nothing of use.',
  2: 'Leaves out what has to be done.',
  3: 'Names the problem and half of the way on.',
  4: 'A colleague could go on with little more.',
  5: 'Names the problem and each step to take.',
};

/** How well an answer does in truth, 1 to 5: it helps to name the main point and what to do. */
function merit(answer: string): number {
  const points = [/takeaway|main point/i, /please|ask|send|call|check/i, /\. .+\. /];
  return 2 + points.filter((point) => point.test(answer)).length;
}

function scored(answer: string, seed: string, spread: number): number {
  const random = seededRandom(seed + answer);
  const noise = (random() + random() + random() - 1.5) * spread;
  return Math.min(5, Math.max(1, Math.round(merit(answer) + noise)));
}

/**
 * A judge that no model stands behind: the same answer always gets the same score.
 *
 * @example simulatedScore('Takeaway: … Please call back.').reason // 'Simulated judge: …'
 */
export function simulatedScore(answer: string): SimulatedScore {
  const score = scored(answer, 'judge', 2.2);
  return { score, reason: `Simulated judge, no model was asked: ${reasons[score] ?? ''}` };
}

/**
 * What a made-up person would say of the answer: mostly the judge's score, now and then another, and a little stricter.
 *
 * @example simulatedLabel('Takeaway: … Please call back.') // 4
 */
export function simulatedLabel(answer: string): number {
  return Math.max(1, scored(answer, 'person', 1.6) - (answer.length % 4 === 0 ? 1 : 0));
}
