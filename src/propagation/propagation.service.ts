import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import type { Change } from '../database/change.js';
import { DatabaseState } from '../database/database-state.service.js';
import { Transactions } from '../database/transactions.service.js';
import { Clock } from '../operations/clock.js';
import { dayMilliseconds } from '../operations/duration.js';
import { delaySummary, type DelaySummary } from './delay-summary.js';
import type { Replica } from './replica.js';
import { ReplicaStore } from './replica.store.js';

const topic = 'probe';
const keptDelays = 120;
/** Twice the period of probes, and some: a process that misses two of them does not keep up. */
const currentMilliseconds = 15_000;

/** A process and how fast changes reach it. */
export interface ReplicaView extends DelaySummary {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** False once it has not been heard of for 15 seconds: stopped, or cut off. */
  readonly current: boolean;
}

/**
 * Measures how long a change takes to reach every process: each of them sends probes the way changes go, in a commit of
 * its own, and each writes down how long the probes of all took to come. A delay is as exact as the processes' clocks agree.
 */
@Injectable()
export class PropagationService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(PropagationService.name);
  readonly id = uuid();
  private readonly startedAt: Date;
  private readonly delays: number[] = [];
  /** By sender, the last probe that came: a change may be told twice. */
  private readonly heard = new Map<string, number>();
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly replicas: ReplicaStore,
    private readonly transactions: Transactions,
    private readonly feed: ChangeFeed,
    private readonly database: DatabaseState,
    private readonly clock: Clock,
  ) {
    this.startedAt = clock.now();
  }

  onModuleInit(): void {
    this.unsubscribe = this.feed.subscribe((change) => {
      if (change.topic === topic) this.hear(change);
    });
  }

  /** A process that ends in order is not missed. */
  async onModuleDestroy(): Promise<void> {
    this.unsubscribe();
    if (this.database.status !== 'ready') return;
    await this.replicas
      .remove(this.id)
      .catch((error: unknown) => this.logger.debug('This process could not sign off', error));
  }

  /** Sends a probe to every process, this one included, and writes down what came of earlier ones. */
  async probe(host: string, pid: number): Promise<void> {
    if (this.database.status !== 'ready') return;
    await this.transactions.run(async (manager, announce) => {
      const now = this.clock.now();
      const forgotten = new Date(now.getTime() - dayMilliseconds);
      await this.replicas.write(this.self(host, pid, now), forgotten, manager);
      announce({ topic, key: this.id, version: this.clock.now().getTime() });
    });
  }

  async list(): Promise<ReplicaView[]> {
    const now = this.clock.now().getTime();
    return (await this.replicas.list()).map(({ delays, ...replica }) => ({
      ...replica,
      current: now - replica.seenAt.getTime() <= currentMilliseconds,
      ...delaySummary(delays),
    }));
  }

  private hear({ key, version }: Change): void {
    if (version <= (this.heard.get(key) ?? 0)) return;
    this.heard.set(key, version);
    this.delays.push(Math.max(0, this.clock.now().getTime() - version));
    if (this.delays.length > keptDelays) this.delays.shift();
  }

  private self(host: string, pid: number, seenAt: Date): Replica {
    return { id: this.id, host, pid, startedAt: this.startedAt, seenAt, delays: this.delays };
  }
}
