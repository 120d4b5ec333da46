import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChangeFeed } from '../../database/change-feed.js';
import { DatabaseState } from '../../database/database-state.service.js';
import { Transactions } from '../../database/transactions.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { ExposureWriter } from '../exposure-writer.service.js';
import { LinkedIds } from './linked-ids.js';
import { linkResult, planLink } from './plan-link.js';
import type { LinkResult, UnitLink } from './unit-link.js';
import { UnitLinkStore } from './unit-link.store.js';

const topic = 'unit-link';
/** Numbers that may still become visible after a later one has. */
const stragglers = 1_000;

/**
 * Knows which two ids are one person: someone who met a variant as a visitor and then signs in keeps that variant, is
 * counted once, and goes by the visitor's id in layers, holdbacks and later experiments too.
 *
 * All links are in memory, about 200 bytes each: assignment stays synchronous.
 */
@Injectable()
export class UnitLinks implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(UnitLinks.name);
  private readonly ids = new LinkedIds();
  private latest = 0;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly store: UnitLinkStore,
    private readonly transactions: Transactions,
    private readonly writer: ExposureWriter,
    private readonly feed: ChangeFeed,
    private readonly database: DatabaseState,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.feed.subscribe(async (change) => {
      if (change.topic === topic || change.topic === 'resync') await this.attempt();
    });
    void this.database.whenReady().then(() => this.attempt());
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Whether the unit goes by another id in any experiment. */
  has(unitId: string): boolean {
    return this.ids.has(unitId);
  }

  /** The id by which the unit goes in that experiment; its own where nothing else is known. */
  idIn(experimentId: number, unitId: string): string {
    return this.ids.idIn(experimentId, unitId);
  }

  /**
   * Notes that two ids are one person's, at the first sight of both. From now on the second goes as the first, but for
   * experiments in which the second was exposed itself. A unit that goes as another already stays with it, and goes as
   * the one given only where nothing but that was exposed.
   *
   * @throws AssayError INVALID_REQUEST when both are the same
   * @example await links.link('visitor-1', 'user-7') // { linked: ['greeting'], apart: [] }
   */
  async link(firstId: string, unitId: string): Promise<LinkResult> {
    if (firstId === unitId) {
      throw new AssayError(
        'INVALID_REQUEST',
        `Both ids are "${unitId}"; give the id of before and that of now.`,
      );
    }
    // What this process has exposed must be there to be found.
    await this.writer.drained();
    const { result, changed } = await this.transactions.run(async (manager, announce) => {
      await this.store.lock([firstId, unitId], manager);
      const before = await this.store.of([firstId, unitId], manager);
      const names = new Set([firstId, unitId, ...before.map((link) => link.firstId)]);
      const met = await this.store.met([...names], manager);
      const stored = await this.storeAll(planLink(firstId, unitId, before, met), manager);
      if (stored.length > 0) announce({ topic, key: '', version: 0 });
      return { result: linkResult(firstId, unitId, before, stored, met), changed: stored.length > 0 };
    });
    if (changed) await this.load();
    return result;
  }

  private async storeAll(links: readonly UnitLink[], manager: EntityManager): Promise<UnitLink[]> {
    const now = this.clock.now();
    const stored: UnitLink[] = [];
    for (const link of links) stored.push(...(await this.store.insert(link, now, manager)));
    const led = stored.find(({ experimentId }) => experimentId === null);
    if (led) await this.store.lead(led.unitId, now, manager);
    return stored;
  }

  private async attempt(): Promise<void> {
    try {
      await this.load();
    } catch (error) {
      this.logger.warn('Links between units could not be read; memory stays as it was', error);
    }
  }

  private async load(): Promise<void> {
    for (const { number, ...link } of await this.store.since(this.latest - stragglers)) {
      this.latest = Math.max(this.latest, number);
      this.ids.add(link);
    }
  }
}
