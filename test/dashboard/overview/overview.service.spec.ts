import { jest } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { OverviewFiguresService } from '../../../src/dashboard/overview/overview-figures.service.js';
import type { OverviewFigures } from '../../../src/dashboard/overview/overview-figures.js';
import type { OverviewItem } from '../../../src/dashboard/overview/overview.js';
import { OverviewService } from '../../../src/dashboard/overview/overview.service.js';
import type { DecisionStore } from '../../../src/experiments/decision.store.js';
import type { RegistryEntry } from '../../../src/experiments/registry-entry.js';
import type { RegistryService } from '../../../src/experiments/registry.service.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';

const now = new Date('2026-01-20T00:00:00Z');
const secondsBefore = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();

/** Counts how many are read at once, and which; as old as is said. */
class FakeFigures {
  readonly asked: string[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  broken = new Set<string>();
  /** Seconds; one for each reading, then 0. */
  ages: number[] = [];
  whileReading = (): void => {};

  async read({ experiment: { key } }: RegistryEntry): Promise<OverviewFigures> {
    this.asked.push(key);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await delay(1);
    this.whileReading();
    this.atOnce -= 1;
    if (this.broken.has(key)) throw new Error('its row is broken');
    const asOf = secondsBefore(this.ages.shift() ?? 0);
    return { asOf, units: { control: this.asked.length } } as unknown as OverviewFigures;
  }
}

const unitsOf = ({ variants }: OverviewItem) => variants[0]?.units;

function serviceWith(keys: readonly string[]) {
  const figures = new FakeFigures();
  const entries = keys.map((key, place) => ({
    experiment: experimentWith({ key, id: place + 1 }),
    epochs: [],
  }));
  const registry = { whenLoaded: () => Promise.resolve(), list: () => entries };
  const decided = { at: new Date(), actor: 'bandit', action: 'reallocate' } as const;
  const service = new OverviewService(
    registry as unknown as RegistryService,
    { lastOfEach: () => Promise.resolve(new Map([[1, decided]])) } as unknown as DecisionStore,
    figures as unknown as OverviewFiguresService,
    { now: () => now },
  );
  jest.spyOn(service['logger'], 'warn').mockReturnValue();
  return { service, figures, entries, decided };
}

describe('the overview', () => {
  it('lists the newest first, each with its last decision', async () => {
    const { service, decided } = serviceWith(['old', 'new']);
    const { experiments } = await service.overview();
    expect(experiments.map(({ key }) => key)).toEqual(['new', 'old']);
    expect(experiments.map(({ lastDecision }) => lastDecision)).toEqual([null, decided]);
  });

  it('reads figures one experiment at a time, once for all who ask meanwhile, and keeps them', async () => {
    const { service, figures } = serviceWith(['a', 'b', 'c']);
    await Promise.all([service.overview(), service.overview(), service.overview()]);
    const { experiments } = await service.overview();
    expect(figures.asked).toHaveLength(3);
    expect(figures.mostAtOnce).toBe(1);
    expect(experiments.map(unitsOf).sort()).toEqual([1, 2, 3]);
  });

  it('goes on without the figures of one that cannot be read, and says so', async () => {
    const { service, figures } = serviceWith(['a', 'b', 'c']);
    figures.broken.add('b');
    const { experiments } = await service.overview();
    expect(experiments.map(({ key, asOf, fault }) => [key, asOf !== null, fault !== null])).toEqual([
      ['c', true, false],
      ['b', false, true],
      ['a', true, false],
    ]);
  });

  it('shows a change at once, and the figures of before until they are read anew', async () => {
    const { service, entries } = serviceWith(['a']);
    await service.overview();
    Object.assign(entries[0] ?? {}, {
      experiment: experimentWith({ key: 'a', status: 'killed', version: 8 }),
    });
    const { experiments } = await service.overview();
    expect(experiments[0]).toMatchObject({ status: 'killed', version: 8, variants: [{ units: 1 }, {}] });
    await service['reading'];
    expect((await service.overview()).experiments.map(unitsOf)).toEqual([2]);
  });

  it('says of when figures are, and reads those of an old look again at once', async () => {
    const { service, figures, entries } = serviceWith(['a']);
    const { experiment } = entries[0]!;
    Object.assign(entries[0]!, { experiment: { ...experiment, status: 'killed' } });
    figures.ages = [86_400];
    expect((await service.overview()).experiments[0]?.asOf).toBe(secondsBefore(86_400));
    await service['reading'];
    expect((await service.overview()).experiments[0]?.asOf).toBe(secondsBefore(0));
    await service['reading'];
    await service.overview();
    expect(figures.asked).toEqual(['a', 'a']);
  });

  it('keeps the database busy for a tenth of the time, also where little was read the last time', async () => {
    const { service, figures, entries } = serviceWith(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
    let uptime = 1_000_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => uptime);
    figures.whileReading = () => (uptime += 1_000);
    const readNow = async () => {
      const before = figures.asked.length;
      await service.overview();
      await service['reading'];
      return figures.asked.slice(before).length;
    };
    expect(await readNow()).toBe(10);
    Object.assign(entries[0]!, { experiment: experimentWith({ key: 'a', id: 1, version: 8 }) });
    uptime += 1_000;
    expect(await readNow()).toBe(1);
    // All ten take ten seconds, so a hundred are between two readings of each.
    uptime += 50_000;
    expect(await readNow()).toBe(0);
    uptime += 50_000;
    expect(await readNow()).toBe(10);
    clock.mockRestore();
  });
});
