import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { takeOver } from './demo/demo-clock.js';
import type { DemoOptions } from './demo/demo-options.js';
import { DemoServer } from './demo/demo-server.adapter.js';
import { fillList } from './demo/copies.runner.js';
import { makeHistory } from './demo/history.runner.js';
import { holdJobs } from './demo/jobs.runner.js';
import { simulateJudge } from './demo/judging.runner.js';
import { allStories } from './demo/stories/all-stories.js';
import { beginTraffic } from './demo/traffic.runner.js';
import { ExperimentStore } from './experiments/experiment.store.js';
import { Clock } from './operations/clock.js';
import type { Configuration } from './operations/configuration/configuration.js';
import { createServer } from './server.factory.js';

/** The demo, with its weeks of history, ready to listen. */
export interface Demo {
  readonly app: NestFastifyApplication;
  close(): Promise<void>;
}

/**
 * A real server, filled with weeks of made-up history, in this process.
 *
 * @param progress told the share of the weeks that have passed
 * @example const { app } = await createDemo(configuration, demoDefaults); await app.listen(3000)
 */
export async function createDemo(
  configuration: Configuration,
  { seed, traffic, experiments }: DemoOptions,
  progress: (share: number) => void = () => undefined,
): Promise<Demo> {
  const app = await createServer(configuration);
  const server = new DemoServer(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const clock = takeOver(app.get(Clock, { strict: false }));
  const jobs = holdJobs(server);
  saltBySeed(server, seed);
  await simulateJudge(server);
  await makeHistory(server, clock, { stories: allStories, seed, jobs, progress });
  clock.release();
  await fillList(server, experiments);
  jobs.release();
  const stop = traffic ? beginTraffic(server, allStories, seed) : () => Promise.resolve();
  return {
    app,
    async close() {
      await stop();
      await app.close();
    },
  };
}

/** The same seed draws the same units into the same variants. */
function saltBySeed(server: DemoServer, seed: number): void {
  const store = server.get(ExperimentStore);
  const insert = store.insert.bind(store);
  store.insert = (experiment, manager) => {
    const salt = createHash('sha256')
      .update(`assay demo ${seed}, ${experiment.key}`)
      .digest('hex')
      .slice(0, 24);
    return insert({ ...experiment, salt }, manager);
  };
}
