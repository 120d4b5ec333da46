import fc from 'fast-check';
import { brokenInvariants } from './traffic-invariants.js';
import { TrafficWorld, type Operation } from './traffic-model.fixture.js';

const roundsPerRun = 10;

const plain = [
  'trip',
  'end',
  'pause',
  'resume',
  'kill',
  'conclude',
  'archive',
  'edit',
  'hold',
  'let-go',
  'abort-ramp',
  'approve',
  'roll-out',
  'pause-rollout',
  'resume-rollout',
  'abort-rollout',
] as const;
const weight = fc.nat(100);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('tick' as const), process: fc.nat(2), hours: fc.nat(40) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom(...plain) }) },
  // Without these, whatever halts wins every history.
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('resume', 'approve', 'let-go', 'roll-out') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reallocate' as const),
      weights: fc.record({ a: weight, b: weight, c: weight.map((each) => each + 1) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cover' as const), coverage: fc.integer({ min: 6, max: 60 }) }),
  },
);
const rounds = fc.array(fc.array(operation, { minLength: 2, maxLength: 3 }), {
  minLength: roundsPerRun,
  maxLength: roundsPerRun,
});

/**
 * Whatever is done to an experiment, in whatever order, by three processes on DATABASE_URL: in so many rounds no invariant
 * breaks. Returns how often each action was met.
 */
export async function interleaveTraffic(interleavings: number): Promise<Record<string, number>> {
  const world = await TrafficWorld.start();
  const seen = new Map<string, number>();
  let number = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), rounds, async (scheduler, list) => {
        number += 1;
        const key = `model-${number}`;
        await world.create(key);
        for (const operations of list) await world.interleave(key, operations, scheduler);
        for (const action of await endOf(key, world)) seen.set(action, (seen.get(action) ?? 0) + 1);
        await world.forget(key);
      }),
      { numRuns: Math.ceil(interleavings / roundsPerRun), endOnFailure: interleavings > 1_000 },
    );
  } finally {
    await world.close();
  }
  // A model that never reaches a state proves nothing about it.
  for (const action of ['raise coverage', 'roll out', 'next stage', 'kill', 'abort rollout'])
    expect(seen.get(action) ?? 0).toBeGreaterThan(0);
  return Object.fromEntries([...seen].sort());
}

/** Lets a season pass over it, and returns all that was done to it. */
async function endOf(key: string, world: TrafficWorld): Promise<string[]> {
  const before = await world.history(key);
  expect(brokenInvariants(before)).toEqual([]);
  await world.passTime(24 * 90);
  const after = await world.history(key);
  expect(brokenInvariants(after)).toEqual([]);
  // A killed or archived experiment stands still for ever; a paused one may only come to its end.
  const { status } = before.experiment;
  const done = after.decisions.slice(before.decisions.length).map(({ action }) => action);
  if (status === 'killed' || status === 'archived' || status === 'concluded') expect(done).toEqual([]);
  if (status === 'paused') expect(['close admission', 'conclude']).toEqual(expect.arrayContaining(done));
  if (before.experiment.rampState?.held || before.experiment.rampState?.aborted)
    expect(done).not.toContain('raise coverage');
  return after.decisions.map(({ action }) => action);
}
