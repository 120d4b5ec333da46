import { z } from 'zod';
import { control, demonstration, runName, treatment } from '../demonstration.js';
import { epochHistory } from '../report/epoch-history.js';
import { estimatesOf, metricLine } from '../report/estimates.js';
import type { BanditStepLine } from '../report/simulation-result.js';
import { EpochsAnswer, ProblemAnswer, ReportAnswer, StepAnswer } from '../server/answers.schema.js';
import { refusal, type AssayServer } from '../server/assay-server.client.js';
import { controlMean, type SimulationOptions } from '../simulation-options.js';
import type { Run } from './user.runner.js';

/** Creates and starts the run's experiment under the first name that is free, so that the same seed on the same server state has the same name. */
export async function createExperiment(
  server: AssayServer,
  { seed, effect }: SimulationOptions,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const key = runName(seed, number);
    const answer = await server.request('POST', '/v1/experiments', { body: demonstration(key, effect) });
    if (answer.code === 'EXPERIMENT_EXISTS') continue;
    if (answer.status !== 201) throw refusal('POST /v1/experiments', answer);
    await server.need('POST', `/v1/experiments/${key}/start`, z.unknown());
    return key;
  }
}

/** The bandit's next step; an experiment that a guardrail has paused takes none. */
export async function reallocate({ server, key }: Run): Promise<Omit<BanditStepLine, 'afterUsers'>> {
  const answer = await server.request('POST', `/v1/experiments/${key}/reallocate`);
  if (answer.status >= 300) {
    const { code, detail } = answer.read(ProblemAnswer);
    return { outcome: code, reason: detail };
  }
  const { outcome, reason } = answer.read(StepAnswer);
  return { outcome, reason };
}

/** What the server reports of the experiment, beside what its users were given. */
export async function readReport({ server, key, effect, traffic }: Run) {
  const report = await server.need('GET', `/v1/experiments/${key}/results`, ReportAnswer);
  const { epochs } = await server.need('GET', `/v1/experiments/${key}/epochs`, EpochsAnswer);
  const better = effect === 0 ? null : effect > 0 ? treatment : control;
  const rating = report.metrics.find((metric) => metric.key === 'user_rating');
  return {
    status: report.status,
    better,
    estimates: estimatesOf(rating, { control, treatment, controlMean, effect }),
    metrics: report.metrics.map((metric) => metricLine(metric, treatment)),
    epochs: epochHistory(epochs, (number) => traffic.newUsersOf(number), better),
    traffic: traffic.counts,
    warnings: report.health.warnings.map(({ message }) => message),
    recommendation: report.recommendation,
  };
}
