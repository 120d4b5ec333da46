import { Injectable, Logger } from '@nestjs/common';
import { AssignmentService } from '../bucketing/assignment.service.js';
import type { Experiment } from '../experiments/experiment.js';
import { rewardedMetrics } from '../experiments/reward-metrics.js';
import type { GenerationSubject } from '../generations/observed-generation.js';
import type { GenerationEvent } from '../llm/generation-metrics.js';
import { InteractionOutcomes, type LaterOutcome } from '../metrics/interaction-outcomes.service.js';
import { Clock } from '../operations/clock.js';
import { RecentPrompts } from './recent-prompts.js';

const metric = 'retried';

/**
 * Notices that a unit asks again what it was just answered, and records `retried` 1 of the earlier interaction.
 *
 * - Where the experiment names `retried`, each interaction is 0 until then, so that its mean is the share of interactions.
 * - Prompts are remembered by each process for itself: a retry that another replica answers is not noticed.
 */
@Injectable()
export class RetryService {
  private readonly logger = new Logger(RetryService.name);
  private readonly prompts = new RecentPrompts<Omit<LaterOutcome, 'metrics'>>();

  constructor(
    private readonly assignments: AssignmentService,
    private readonly outcomes: InteractionOutcomes,
    private readonly clock: Clock,
  ) {}

  /** Takes a generation that ended, behind the request that it is part of. */
  observe(subject: GenerationSubject, event: GenerationEvent): void {
    const { exposes, unitId } = subject.assignment;
    if (!exposes || unitId === '' || subject.interaction === null) return;
    setImmediate(() => {
      try {
        this.note(subject, event);
      } catch (error) {
        this.complain(error);
      }
    });
  }

  private note(subject: GenerationSubject, { request: { messages } }: GenerationEvent): void {
    const experiment = subject.assignment.entry?.experiment;
    const about = this.aboutOf(subject, experiment);
    const prompt = messages.findLast(({ role }) => role === 'user')?.text;
    if (!experiment || !about || prompt === undefined) return;
    const { isFirst, retried } = this.prompts.ask({
      unit: `${experiment.id}:${about.unit}`,
      id: about.interaction,
      interaction: about,
      at: about.at.getTime(),
      prompt,
      turn: messages.length,
    });
    if (isFirst && namesRetried(experiment)) this.record(about, 0);
    if (retried) this.record(retried, 1);
  }

  private aboutOf(
    { assignment, interaction }: GenerationSubject,
    experiment: Experiment | undefined,
  ): Omit<LaterOutcome, 'metrics'> | null {
    const proof = this.assignments.exposureOf(assignment);
    if (!experiment || !proof || interaction === null) return null;
    const { unit, phase } = proof;
    // As feedback is called, so that of what a browser says and what is noticed here the latest counts.
    const id = `${interaction}:${metric}`;
    return { experiment, unit, phase, interaction, at: this.clock.now(), id, replaces: true, proof };
  }

  private record(about: Omit<LaterOutcome, 'metrics'>, value: 0 | 1): void {
    this.outcomes
      .record({ ...about, metrics: { [metric]: value } })
      .catch((error: unknown) => this.complain(error));
  }

  private complain(error: unknown): void {
    this.logger.error('A retry could not be recorded', error);
  }
}

const answers = new WeakMap<Experiment, boolean>();

/** Whether anything of the experiment is measured by it. Read once for each version of an experiment. */
function namesRetried(experiment: Experiment): boolean {
  const known = answers.get(experiment);
  if (known !== undefined) return known;
  const { metrics, guardrails, allocation } = experiment;
  const rewarded = allocation.mode === 'bandit' ? rewardedMetrics(allocation.reward) : [];
  const named = [...metrics.primary, ...metrics.secondary, ...rewarded];
  const answer = named.includes(metric) || guardrails.some((guardrail) => guardrail.metric === metric);
  answers.set(experiment, answer);
  return answer;
}
