import fc from 'fast-check';
import type { Assignment } from '../../src/bucketing/assignment.js';
import { ExposureBuffer } from '../../src/bucketing/exposure-buffer.js';
import { serveExperiment } from '../../src/bucketing/served-experiment.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { experimentWith, firstEpoch } from './experiment-fixtures.js';

const experiment = experimentWith();
const { drawn } = serveExperiment({ experiment, epochs: [firstEpoch(experiment)] }, 0).compiled;
const assignment: Assignment = drawn[0]!;

function add(buffer: ExposureBuffer, unitId: string, track = 0, exposedAt = 0): boolean {
  return buffer.add(hashUnit(unitId), track, assignment, exposedAt, null);
}

/** What the buffer promises, said with plain lists. */
class Ledger {
  readonly added: string[] = [];
  committed = 0;

  constructor(private readonly capacity: number) {}

  get waiting(): string[] {
    return this.added.slice(this.committed);
  }

  /** What waits, and of the rest as many of the latest as there are places. */
  get known(): Set<string> {
    return new Set(this.added.slice(-this.capacity));
  }
}

describe('ExposureBuffer', () => {
  it('gives back what it was given, under the unit and the track', () => {
    const buffer = new ExposureBuffer(1_024);
    buffer.add(hashUnit('user-1'), 3, assignment, 1_700_000_000_123, { plan: 'pro' });
    expect(buffer.find(hashUnit('user-1'), 3)).toEqual({
      assignment,
      unitId: 'user-1',
      exposedAt: 1_700_000_000_123,
      attributes: { plan: 'pro' },
    });
    expect(buffer.find(hashUnit('user-1'), 4)).toBeUndefined();
    expect(buffer.find(hashUnit('user-2'), 3)).toBeUndefined();
  });

  it('tells what waits from what is written', () => {
    const buffer = new ExposureBuffer(1_024);
    for (const name of ['user-1', 'user-2']) add(buffer, name);
    buffer.commit(1);
    expect(buffer.find(hashUnit('user-1'), 0)).toMatchObject({ unitId: 'user-1' });
    expect(buffer.findWaiting(hashUnit('user-1'), 0)).toBeUndefined();
    expect(buffer.findWaiting(hashUnit('user-2'), 0)).toMatchObject({ unitId: 'user-2' });
    expect(buffer.findWaiting(hashUnit('user-3'), 0)).toBeUndefined();
  });

  it('tells units of one hash apart by their ids', () => {
    const buffer = new ExposureBuffer(1_024);
    const { first, second } = hashUnit('user-1');
    add(buffer, 'user-1');
    expect(buffer.has({ id: 'double of user-1', first, second }, 0)).toBe(false);
    expect(buffer.hasAll({ id: 'double of user-1', first, second }, Int32Array.of(0))).toBe(false);
  });

  it('takes no exposure in the place of one that waits, and goes on once that is committed', () => {
    const buffer = new ExposureBuffer(64);
    const ids = Array.from({ length: 64 }, (_, number) => `user-${number}`);
    expect(ids.map((id) => add(buffer, id))).not.toContain(false);
    expect(add(buffer, 'one too many')).toBe(false);
    expect(buffer.longestWaiting(1_000).map(({ unitId }) => unitId)).toEqual(ids);
    buffer.commit(1);
    expect(add(buffer, 'one more')).toBe(true);
    expect(buffer.has(hashUnit('user-0'), 0)).toBe(false);
    expect(buffer.has(hashUnit('user-1'), 0)).toBe(true);
  });

  it('neither loses nor mixes up anything, however exposures and commits alternate', () => {
    const capacity = 4_096;
    const step = fc.record({
      take: fc.integer({ min: 0, max: 1_500 }),
      commit: fc.integer({ min: 0, max: 2_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const buffer = new ExposureBuffer(capacity);
        const ledger = new Ledger(capacity);
        for (const { take, commit } of steps) {
          for (let taken = 0; taken < take; taken++) {
            const name = `user-${ledger.added.length}`;
            const free = ledger.waiting.length < capacity;
            if (add(buffer, name, ledger.added.length % 7) !== free) throw new Error(`${name}: ${!free}`);
            if (free) ledger.added.push(name);
          }
          const done = Math.min(commit, ledger.waiting.length);
          expect(buffer.longestWaiting(done).map(({ unitId }) => unitId)).toEqual(
            ledger.waiting.slice(0, done),
          );
          buffer.commit(done);
          ledger.committed += done;
        }
        expect(buffer.waiting).toBe(ledger.waiting.length);
        const { known } = ledger;
        const held = ledger.added.filter((name, number) => buffer.has(hashUnit(name), number % 7));
        expect(held).toEqual(ledger.added.filter((name) => known.has(name)));
      }),
      { numRuns: 25 },
    );
  });

  it('holds a unit in all tracks of a list exactly if in each', () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 300 }));
    fc.assert(
      fc.property(list, list, (tracks, asked) => {
        const buffer = new ExposureBuffer(1_024);
        for (const track of tracks) {
          add(buffer, 'user-1', track);
          add(buffer, 'user-2', (track + 1) % 301);
        }
        expect(buffer.hasAll(hashUnit('user-1'), Int32Array.from(tracks))).toBe(true);
        expect(buffer.hasAll(hashUnit('user-1'), Int32Array.from(asked))).toBe(
          asked.every((track) => tracks.includes(track)),
        );
      }),
    );
  });

  it('says so again of a unit it was asked about before, until one of the unit’s exposures has left', () => {
    const tracks = Int32Array.of(0, 1);
    const buffer = new ExposureBuffer(64);
    const unit = hashUnit('user-1');
    add(buffer, 'user-1', 0);
    expect(buffer.hasAll(unit, tracks)).toBe(false);
    add(buffer, 'user-1', 1);
    expect([buffer.hasAll(unit, tracks), buffer.hasAll(unit, tracks)]).toEqual([true, true]);
    for (let number = 0; number < 63; number++) {
      buffer.commit(buffer.waiting);
      expect(buffer.hasAll(unit, tracks)).toBe(buffer.has(unit, 0));
      add(buffer, `other-${number}`);
    }
    expect(buffer.has(unit, 0)).toBe(false);
    expect(buffer.hasAll(unit, tracks)).toBe(false);
  });

  it('still knows who is known in a list after it has grown', () => {
    const tracks = Int32Array.of(0);
    const buffer = new ExposureBuffer(8_192);
    add(buffer, 'user-1');
    expect(buffer.hasAll(hashUnit('user-1'), tracks)).toBe(true);
    for (let number = 0; number < 4_000; number++) add(buffer, `other-${number}`);
    expect(buffer.hasAll(hashUnit('user-1'), tracks)).toBe(true);
    expect(buffer.hasAll(hashUnit('other-3999'), tracks)).toBe(true);
    expect(buffer.hasAll(hashUnit('nobody'), tracks)).toBe(false);
  });
});
