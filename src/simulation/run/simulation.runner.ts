import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { banditAllocation, maturingMilliseconds } from '../demonstration.js';
import type { BanditStepLine, SimulationResult } from '../report/simulation-result.js';
import { AssignmentAnswer } from '../server/answers.schema.js';
import { AssayServer } from '../server/assay-server.client.js';
import type { SimulationOptions } from '../simulation-options.js';
import { simulatedUser } from '../users/simulated-user.js';
import { waveSizes } from '../users/waves.js';
import { visitExample } from './example.runner.js';
import { createExperiment, reallocate, readReport } from './experiment.runner.js';
import { inLanes } from './lanes.js';
import { Traffic } from './traffic.js';
import { visitAsUser, type Run } from './user.runner.js';

/** Is told how far the simulation has come. */
export interface Progress {
  begin(users: number): void;
  /** One user more is through. */
  advance(): void;
  /** What is being done. */
  tell(what: string): void;
  end(): void;
}

/** Early users who are asked again at the end. */
const earlyUsers = 200;

/** One user in so many goes through the example's routes as well. */
const exampleShare = 20;

/**
 * Creates an experiment on a running server, sends simulated users through it, and returns what came of it.
 *
 * @throws SimulationError with one line that says why it cannot go on
 */
export async function runSimulation(
  options: SimulationOptions,
  progress: Progress,
): Promise<SimulationResult> {
  const begun = performance.now();
  const { users, effect, seed } = options;
  const server = new AssayServer(options.url, options.key);
  const key = await createExperiment(server, options);
  const run: Run = { server, key, effect, traffic: new Traffic(earlyUsers) };
  progress.begin(users);
  try {
    const [steps, example] = await Promise.all([
      sendWaves(run, options, progress),
      visitExample(run, { users: Math.floor(users / exampleShare), seed, lanes: options.concurrency }),
    ]);
    const sticky = await askAgain(run, options.concurrency);
    const seen = await readReport(run);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const mode = options.bandit ? 'bandit' : 'fixed';
    return { experiment: key, users, effect, seed, mode, seconds, steps, example, sticky, ...seen };
  } finally {
    progress.end();
  }
}

/** Sends the users in waves; between two, rewards mature and the bandit takes its step. */
async function sendWaves(
  run: Run,
  options: SimulationOptions,
  progress: Progress,
): Promise<BanditStepLine[]> {
  const sizes = waveSizes(options.users, options.bandit);
  const steps: BanditStepLine[] = [];
  let sent = 0;
  for (const [index, size] of sizes.entries()) {
    progress.tell(`wave ${index + 1} of ${sizes.length}`);
    const first = sent;
    await inLanes(size, options.concurrency, async (place) => {
      await visitAsUser(run, simulatedUser(options.seed, first + place));
      progress.advance();
    });
    sent += size;
    progress.tell('rewards mature');
    await pause(maturingMilliseconds);
    if (!options.bandit || index === sizes.length - 1) continue;
    if (index === 0) {
      await run.server.need(
        'PUT',
        `/v1/experiments/${run.key}/allocation`,
        z.unknown(),
        banditAllocation(options.users),
      );
    }
    steps.push({ afterUsers: sent, ...(await reallocate(run)) });
  }
  return steps;
}

/** Looks up what early users would be served now, exposing nobody and without the token that would prove it. */
async function askAgain(
  { server, key, traffic }: Run,
  lanes: number,
): Promise<{ asked: number; kept: number }> {
  const early = traffic.earlyUsers;
  let kept = 0;
  await inLanes(early.length, lanes, async (index) => {
    const before = early[index];
    const body = { experiment: key, unit: before?.unit, peek: true };
    const { variant } = await server.need('POST', '/v1/assignments', AssignmentAnswer, body);
    if (variant === before?.variant) kept += 1;
  });
  return { asked: early.length, kept };
}
