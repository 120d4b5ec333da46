import { BanditJob } from '../allocation/bandit.job.js';
import { LookJob } from '../analysis/looks/look.job.js';
import { ExposureWriter } from '../bucketing/exposure-writer.service.js';
import { GuardrailJob } from '../guardrails/guardrail.job.js';
import { JudgeJob } from '../judging/judge.job.js';
import { JudgingService } from '../judging/judging.service.js';
import { DueStepService } from '../lifecycle/due-step.service.js';
import { LifecycleJob } from '../lifecycle/lifecycle.job.js';
import { RampJob } from '../rollouts/ramp.job.js';
import { RolloutJob } from '../rollouts/rollout.job.js';
import type { DemoServer } from './demo-server.adapter.js';

/** When in its history the server is: within a day, at the end of one, or at the end of one that has a look. */
export type Occasion = 'part' | 'day' | 'look';

const often = [LifecycleJob, BanditJob];
const daily = [LifecycleJob, GuardrailJob, RampJob, RolloutJob, BanditJob, JudgeJob];
const jobs = { part: often, day: daily, look: [...daily, LookJob] } as const;

/** The server's scheduled work, which its own timers do not begin as long as it is held. */
export interface HeldJobs {
  /** Does what is due at the server's present instant. */
  run(occasion: Occasion): Promise<void>;
  /** Leaves the work to the server's timers. */
  release(): void;
}

/** Holds the server's scheduled work, so that it is done at the instants of the history and not of the world outside. */
export function holdJobs(server: DemoServer): HeldJobs {
  const steps = server.get(DueStepService);
  const judging = server.get(JudgingService);
  const runSteps = steps.run.bind(steps);
  const judgeAll = judging.judgeAll.bind(judging);
  let held = true;
  steps.run = (kind, decide) =>
    held ? Promise.resolve({ done: 0, passed: 0, failed: 0 }) : runSteps(kind, decide);
  judging.judgeAll = () => (held ? Promise.resolve() : judgeAll());
  return {
    async run(occasion) {
      await server.get(ExposureWriter).drained();
      held = false;
      try {
        for (const job of jobs[occasion]) await server.get<{ tick(): Promise<void> }>(job).tick();
      } finally {
        held = true;
      }
    },
    release() {
      held = false;
    },
  };
}
