import type { EntityManager } from 'typeorm';
import { Transactions } from '../../src/database/transactions.service.js';
import type { RampStep } from '../../src/experiments/schedule.js';
import { TrafficWorld } from './traffic-model.fixture.js';

const batch = 25;

/** The statements of a transaction, one after the other, at each of which a process may die. */
const statements = new Set<PropertyKey>(['query', 'find', 'findOneBy', 'insert', 'createQueryBuilder']);

/** Ends every second transaction at a stop point: before each of its statements in turn, and right after the commit. */
class Crashes {
  readonly points = new Map<string, number>();
  private transactions = 0;
  /** As many as any transaction has had. */
  private longest = 1;

  constructor(private readonly seam: Transactions) {
    const run: Transactions['run'] = seam.run.bind(seam);
    seam.run = (async (work: Parameters<Transactions['run']>[0]) => {
      this.transactions += 1;
      if (this.transactions % 2 === 0)
        return run((manager, announce) => work(this.counted(manager, Infinity), announce));
      const stop = ((this.transactions - 1) / 2) % (this.longest + 1);
      const result = await run((manager, announce) => work(this.counted(manager, stop), announce));
      // Longer than this transaction was: it dies with everything written and nobody told.
      this.die('after the commit');
      return result;
    }) as Transactions['run'];
  }

  /** From now on nobody dies. */
  end(): void {
    Reflect.deleteProperty(this.seam, 'run');
  }

  private counted(manager: EntityManager, stop: number): EntityManager {
    let statement = 0;
    return new Proxy(manager, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (!statements.has(name) || typeof value !== 'function') return value;
        return (...input: unknown[]) => {
          if (statement === stop) this.die(`before statement ${statement}`);
          statement += 1;
          this.longest = Math.max(this.longest, statement);
          return Reflect.apply(value, target, input) as unknown;
        };
      },
    });
  }

  private die(point: string): never {
    this.points.set(point, (this.points.get(point) ?? 0) + 1);
    throw new Error(`The process died ${point}`);
  }
}

const untilHundred = [
  { coverage: 5 },
  { after: 'P1D', coverage: 10 },
  { after: 'P2D', coverage: 25 },
  { after: 'P3D', coverage: 50 },
  { after: 'P4D', coverage: 100 },
];

/**
 * Plays so many ramps in three processes on DATABASE_URL that die at every stop point, and sees that every step was taken
 * exactly once. Returns the deaths at each point.
 */
export async function playCrashingRamps(ramps: number): Promise<Record<string, number>> {
  const world = await TrafficWorld.start();
  const all = new Map<string, number>();
  try {
    for (let played = 0; played < ramps; played += batch) {
      const keys = Array.from({ length: batch }, (_, number) => `ramp-${played + number}`);
      const points = await playBatch(keys, world);
      for (const [point, times] of points) all.set(point, (all.get(point) ?? 0) + times);
    }
  } finally {
    await world.close();
  }
  // Reading the epochs, claiming, writing state, epoch, due time and decision are six at least.
  expect(all.size).toBeGreaterThan(6);
  expect(all.get('after the commit')).toBeGreaterThan(0);
  return Object.fromEntries([...all].sort());
}

async function playBatch(keys: readonly string[], world: TrafficWorld): Promise<Map<string, number>> {
  const transactions = world.get(Transactions);
  for (const key of keys) await world.create(key, untilHundred);
  const crashes = new Crashes(transactions);
  // Time passes in leaps shorter than a step, so that none folds; a step that died is taken by whoever comes next.
  for (let leap = 0; leap < 5; leap += 1) {
    await world.passTime(24);
    for (let again = 0; again < 3; again += 1) await world.passTime(0.01);
  }
  crashes.end();
  for (const key of keys) {
    const { experiment, epochs, decisions } = await world.history(key);
    const steps = decisions
      .filter(({ action }) => action === 'raise coverage')
      .flatMap(({ evidence }) => (evidence['steps'] as RampStep[]).map(({ coverage }) => coverage));
    expect(steps).toEqual([10, 25, 50, 100]);
    expect(epochs.map(({ coverage }) => coverage)).toEqual([5, 10, 25, 50, 100]);
    expect(experiment).toMatchObject({ coverage: 100, version: decisions.length });
    await world.forget(key);
  }
  return crashes.points;
}
