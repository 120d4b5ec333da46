import type { OutcomeSpool } from '../src/metrics/spool/outcome-spool.service.js';
import { AssayStartup } from '../src/assay-startup.service.js';
import type { TokenService } from '../src/bucketing/token.service.js';
import type { MetricRegistration } from '../src/catalogue/metric-registration.service.js';
import { DatabaseState } from '../src/database/database-state.service.js';
import type { RedisConnection } from '../src/database/redis.client.js';
import type { ExperimentExplorer } from '../src/decorator/experiment.explorer.js';
import type { RegistrationService } from '../src/experiments/registration.service.js';
import type { RegistryService } from '../src/experiments/registry.service.js';
import type { LifecycleService } from '../src/lifecycle/lifecycle.service.js';
import type { ReadinessProbe } from '../src/operations/health/readiness-probe.js';
import type { ReadinessProbes } from '../src/operations/health/readiness-probes.service.js';

/** A start on a database that is there but refuses the first work given to it; the error is the driver's. */
function startUp(failures: Error[]) {
  const database = new DatabaseState();
  database.ready();
  const probes: ReadinessProbe[] = [];
  const registered: string[] = [];
  const registration = {
    register: () => {
      const failure = failures.shift();
      if (failure) return Promise.reject(failure);
      registered.push('x');
      return Promise.resolve([]);
    },
  };
  const startup = new AssayStartup(
    database,
    { state: () => 'absent' } as unknown as RedisConnection,
    { whenLoaded: () => Promise.resolve() } as unknown as TokenService,
    { register: () => Promise.resolve() } as unknown as MetricRegistration,
    registration as unknown as RegistrationService,
    { register: (probe: ReadinessProbe) => probes.push(probe) } as unknown as ReadinessProbes,
    {} as RegistryService,
    {} as LifecycleService,
    { check: () => undefined } as unknown as ExperimentExplorer,
    { holds: false } as OutcomeSpool,
    false,
  );
  startup.onModuleInit();
  return { startup, registered, readiness: () => probes[0]?.check() };
}

// PostgreSQL documentation, appendix A: 53300 is too_many_connections.
const full = () => Object.assign(new Error('sorry, too many clients already'), { code: '53300' });

describe('the start of Assay', () => {
  it('is over when the application is up, if the database is well', async () => {
    const { startup, readiness } = startUp([]);
    await startup.onApplicationBootstrap();
    expect(await readiness()).toEqual({ state: 'up' });
  });

  it('does not hold the application when the database fails half-way, and ends by itself', async () => {
    const { startup, registered, readiness } = startUp([full(), full()]);
    await startup.onApplicationBootstrap();
    expect(await readiness()).toEqual({ state: 'down' });
    while (registered.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise(setImmediate);
    expect(await readiness()).toEqual({ state: 'up' });
  });

  it('fails for what waiting does not cure', async () => {
    const { startup } = startUp([new Error('the definition is not valid')]);
    await expect(startup.onApplicationBootstrap()).rejects.toThrow('the definition is not valid');
  });
});
