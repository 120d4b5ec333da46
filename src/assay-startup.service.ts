import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { MetricRegistration } from './catalogue/metric-registration.service.js';
import { TokenService } from './bucketing/token.service.js';
import { DatabaseState } from './database/database-state.service.js';
import { RedisConnection } from './database/redis.client.js';
import { retryDelay } from './database/retry-delay.js';
import { ExperimentExplorer } from './decorator/experiment.explorer.js';
import { RegistryService } from './experiments/registry.service.js';
import { LifecycleService } from './lifecycle/lifecycle.service.js';
import { OutcomeSpool } from './metrics/spool/outcome-spool.service.js';
import { AssayError } from './operations/assay-error.js';
import { RegistrationService } from './experiments/registration.service.js';
import { ReadinessProbes } from './operations/health/readiness-probes.service.js';
import type { Readiness } from './operations/health/readiness-probe.js';
import { databaseFailure } from './operations/problem/database-failure.js';

/** Injection token: whether drafts declared in code start at once. */
export const AUTO_START = Symbol('AUTO_START');

const redisPatience = 250;

/**
 * Brings Assay from booted to ready: catalogue, experiments, secrets and the experiments declared in code.
 * With the database there, boot waits for all of it; with the database away, the process is up, not ready, and goes on by itself.
 */
@Injectable()
export class AssayStartup implements OnModuleInit, OnApplicationBootstrap {
  private readonly logger = new Logger('Assay');
  private loaded = false;

  constructor(
    private readonly database: DatabaseState,
    private readonly redis: RedisConnection,
    private readonly tokens: TokenService,
    private readonly metrics: MetricRegistration,
    private readonly registration: RegistrationService,
    private readonly probes: ReadinessProbes,
    private readonly registry: RegistryService,
    private readonly lifecycle: LifecycleService,
    private readonly explorer: ExperimentExplorer,
    private readonly spool: OutcomeSpool,
    @Inject(AUTO_START) private readonly autoStart: boolean,
  ) {}

  onModuleInit(): void {
    this.probes.register({ name: 'database', check: () => Promise.resolve(this.databaseReadiness()) });
    if (this.redis.state() === 'absent') return;
    this.probes.register({ name: 'redis', check: () => this.redisReadiness() });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.database.status === 'ready' && (await this.attempt())) return;
    this.logger.warn(
      `Up, not ready: ${this.database.reason}. Assay goes on as soon as the database is there.`,
    );
    this.persist().catch((error: unknown) => this.logger.error('Assay could not start', error));
  }

  private async persist(): Promise<void> {
    for (let failures = 1; !(await this.attempt()); failures += 1) {
      await delay(retryDelay(failures, Math.random()), undefined, { ref: false });
    }
  }

  /** Starts; false when the database went away meanwhile. Throws what waiting does not cure. */
  private async attempt(): Promise<boolean> {
    try {
      await this.start();
      return true;
    } catch (error) {
      if (databaseFailure(error) !== 'unavailable') throw error;
      this.logger.warn('The database went away during the start; trying again', error);
      return false;
    }
  }

  private async start(): Promise<void> {
    await this.tokens.whenLoaded();
    await this.metrics.register();
    const declared = await this.registration.register();
    if (this.autoStart) for (const key of declared) await this.startDraft(key);
    this.explorer.check();
    this.loaded = true;
  }

  private async startDraft(key: string): Promise<void> {
    const experiment = this.registry.get(key)?.experiment;
    if (experiment?.status !== 'draft') return;
    try {
      await this.lifecycle.start(experiment, 'code');
    } catch (error) {
      // Another replica may have started it first.
      if (!(error instanceof AssayError) || error.code !== 'VERSION_CONFLICT') throw error;
      await this.registry.refresh(key);
    }
  }

  private databaseReadiness(): Readiness {
    if (this.database.status === 'ready') return { state: this.loaded ? 'up' : 'down' };
    // Assignments come from memory, and outcomes wait on disk.
    const serves = this.loaded && this.spool.holds;
    return { state: serves ? 'degraded' : 'down', detail: { reason: this.database.reason } };
  }

  /** Redis only saves work, so without it Assay is degraded at worst. */
  private async redisReadiness(): Promise<Readiness> {
    return { state: (await this.redis.ping(redisPatience)) ? 'up' : 'degraded' };
  }
}
