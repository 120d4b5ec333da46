import fc from 'fast-check';
import { cohortBin, cohortDay } from '../../src/bucketing/cohort.js';
import type { Exposure } from '../../src/bucketing/exposure.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import { replaceableIdPrefix, storedValue, type Outcome } from '../../src/metrics/outcome.js';
import { attributionWindow, metricNumber } from './measurement.fixture.js';

/** How a unit's exposure becomes known: written beforehand, proven by each of its outcomes, or not at all. */
type Known = 'written' | 'proven' | 'never';

interface GeneratedUnit {
  readonly known: Known;
  readonly variant: string;
  readonly epoch: number;
  readonly day: number;
  /** Whether the unit met a variant in the first stage of a rollout too. */
  readonly staged: boolean;
}

interface GeneratedEvent {
  readonly unit: number;
  readonly number: number;
  readonly interaction: number;
  readonly feedback: 'rating' | 'score' | null;
  readonly values: Readonly<Record<string, number>>;
  readonly hoursAfter: number;
  readonly phase: number | null;
}

/** What happened to an experiment, in the order in which it arrived, and where its batches end. */
export interface History {
  readonly units: readonly GeneratedUnit[];
  readonly events: readonly GeneratedEvent[];
  /** Another order of the same events. */
  readonly order: readonly number[];
  readonly cuts: readonly number[];
  readonly otherCuts: readonly number[];
}

const value = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }).map(storedValue),
  fc.constantFrom(0, 1e12, 1e-12, 123_456_789.123, 999_999_999_999.9),
);
const indicator = fc.constantFrom(0, 1);

const event: fc.Arbitrary<GeneratedEvent> = fc.record({
  unit: fc.nat(3),
  number: fc.nat(7),
  interaction: fc.nat(2),
  feedback: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    fc.constantFrom('rating' as const, 'score' as const),
  ),
  values: fc.record(
    {
      rating: value,
      latency: value,
      success: indicator,
      score: value,
      cost: value,
      error: indicator,
      delay: value,
    },
    { requiredKeys: ['rating'] },
  ),
  hoursAfter: fc.constantFrom(-1, -0.05, 0, 1, 167, 168, 169, 1_000),
  phase: fc.constantFrom(null, 0, 1),
});

const unit: fc.Arbitrary<GeneratedUnit> = fc.record({
  known: fc.constantFrom<Known[]>('written', 'written', 'proven', 'proven', 'never'),
  variant: fc.constantFrom('control', 'treatment', '$holdback'),
  epoch: fc.integer({ min: 1, max: 2 }),
  day: fc.nat(2),
  staged: fc.boolean(),
});

const most = 24;

/** Histories of up to four units: duplicates, errors early and late, replaced ratings, outcomes outside of the window. */
export const histories: fc.Arbitrary<History> = fc.record({
  units: fc.array(unit, { minLength: 1, maxLength: 4 }),
  events: fc.array(event, { minLength: 1, maxLength: most }),
  order: fc.shuffledSubarray([...Array(most).keys()], { minLength: most }),
  cuts: fc.array(fc.nat(most), { maxLength: 5 }),
  otherCuts: fc.array(fc.nat(most), { maxLength: 5 }),
});

const start = Date.parse('2026-03-01T09:30:00Z');
const day = 86_400_000;

export function exposuresOf(experimentId: number, history: History, known: Known): Exposure[] {
  return history.units.flatMap((each, index) => {
    if (each.known !== known) return [];
    return (each.staged ? [0, 1] : [0]).map((phase) => exposureOf(experimentId, each, index, phase));
  });
}

function exposureOf(
  experimentId: number,
  { variant, epoch, day: after }: GeneratedUnit,
  index: number,
  phase: number,
) {
  const exposedAt = new Date(start + after * day + phase * 3_600_000);
  return {
    experimentId,
    unit: unitKey(`unit ${index}`),
    phase,
    unitId: `unit ${index}`,
    variant: phase === 0 ? variant : 'treatment',
    epoch: epoch + phase,
    reason: 'split',
    propensity: 0.5,
    exposedAt,
    cohortDay: cohortDay(new Date(start + after * day)),
    cohortBin: cohortBin(exposedAt, attributionWindow),
    attributes: null,
  };
}

/** The outcomes of a history in batches: in the order generated, or in the other one. */
export function batchesOf(experimentId: number, history: History, shuffled: boolean): Outcome[][] {
  const sent = history.events.map((each, order) => outcomeOf(experimentId, history, each, order));
  const ordered = shuffled ? reorder(sent, history.order) : sent;
  const cuts = [...(shuffled ? history.otherCuts : history.cuts)].sort((one, other) => one - other);
  return [0, ...cuts].map((from, index) => ordered.slice(from, cuts[index] ?? ordered.length));
}

/** Which of several outcomes of one id came first, or last, does matter: those keep their places among themselves. */
function reorder(sent: readonly Outcome[], order: readonly number[]): Outcome[] {
  const keyOf = ({ unit: owner, id }: Outcome) => `${owner} ${id}`;
  const waiting = new Map<string, Outcome[]>();
  for (const outcome of sent) waiting.set(keyOf(outcome), [...(waiting.get(keyOf(outcome)) ?? []), outcome]);
  return order.flatMap((position) => {
    const outcome = sent[position];
    return (outcome && waiting.get(keyOf(outcome))?.shift()) ?? [];
  });
}

function outcomeOf(experimentId: number, history: History, event: GeneratedEvent, order: number): Outcome {
  const index = event.unit % history.units.length;
  const owner = history.units[index];
  if (!owner) throw new Error('A history has one unit at least');
  const proven = owner.known === 'proven';
  const named = event.phase === 1 && !owner.staged ? 0 : event.phase;
  // A token always names the phase; without one, the outcome counts in the latest.
  const phase = proven ? (named ?? 0) : named;
  const proof = proven ? exposureOf(experimentId, owner, index, phase ?? 0) : null;
  const at = new Date(start + owner.day * day + event.hoursAfter * 3_600_000);
  const interaction = `interaction ${event.interaction}`;
  const { feedback, values } = event;
  const counted = feedback ? { [feedback]: values['rating'] ?? 0 } : values;
  return {
    experimentId,
    unit: unitKey(`unit ${index}`),
    id: feedback ? `${replaceableIdPrefix}${interaction}:${feedback}` : `outcome ${event.number}`,
    interaction,
    at,
    // The last of several ratings is the one received last.
    receivedAt: new Date(start + 40 * day + order),
    measures: Object.entries(counted).map(([key, sum]) => ({ metric: metricNumber(key), value: sum })),
    tags: null,
    errored: !feedback && (values['error'] ?? 0) > 0,
    replaces: feedback !== null,
    phase,
    proof,
  };
}
