import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Transactions } from '../database/transactions.service.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Judge } from '../experiments/judge.js';
import { RegistryService } from '../experiments/registry.service.js';
import { Clock } from '../operations/clock.js';
import { JudgeAllowance } from './judge-allowance.service.js';
import type { JudgeAnswer } from './judge-answer.js';
import { JudgeCallService } from './judge-call.service.js';
import {
  abandoned,
  attemptAfter,
  lapsedAttempt,
  leaseMilliseconds,
  mostAttempts,
  type JudgeFinding,
  type Judgement,
} from './judgement.js';
import { JudgementStore, type JudgementResult } from './judgement.store.js';
import { PairJudging } from './pair-judging.service.js';
import { ScoreRecording } from './score-recording.service.js';

/** Judgements that one process has under way for one experiment. */
const together = 4;
/** Of all processes one looks this often for what was logged. */
const takeUpMilliseconds = 5_000;

const judgedStatuses: readonly Experiment['status'][] = [
  'running',
  'paused',
  'rolling-out',
  'concluded',
  'killed',
];

/**
 * Judges logged answers, off everybody's request.
 *
 * - Each is judged once: a process leases it in a short transaction, and one that dies leaves it to another.
 * - A score is written down before its outcome, and the outcome's id is the generation's: however often either is tried, one counts.
 * - Work begins only as far as the day's budget goes, of all processes together.
 */
@Injectable()
export class JudgingService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(JudgingService.name);
  private readonly running = new Map<number, Promise<void>>();
  private readonly leaving = new AbortController();

  constructor(
    private readonly registry: RegistryService,
    private readonly transactions: Transactions,
    private readonly judgements: JudgementStore,
    private readonly allowance: JudgeAllowance,
    private readonly pairs: PairJudging,
    private readonly calls: JudgeCallService,
    private readonly recording: ScoreRecording,
    private readonly clock: Clock,
  ) {}

  /** Judges what is due, of every experiment with a judge; those that this process is at already go on meanwhile. */
  async judgeAll(): Promise<void> {
    const begun = this.registry.list().flatMap(({ experiment }) => {
      const { id, judge, status } = experiment;
      if (!judge || !judgedStatuses.includes(status) || this.running.has(id) || this.leaving.signal.aborted)
        return [];
      const work = this.judgeOf(experiment, judge)
        .catch((error: unknown) =>
          this.logger.warn(`The answers of "${experiment.key}" wait to be judged`, error),
        )
        .finally(() => this.running.delete(id));
      this.running.set(id, work);
      return [work];
    });
    await Promise.all(begun);
  }

  /** What is under way goes back, for another process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.leaving.abort();
    await Promise.all(this.running.values());
  }

  private async judgeOf(experiment: Experiment, judge: Judge): Promise<void> {
    await this.takeUp(experiment, judge);
    while (!this.leaving.signal.aborted) {
      const claimed = await this.claim(experiment.id, judge);
      await Promise.all(claimed.map((judgement) => this.judge(experiment, judge, judgement)));
      // In turns, so that neither uses up the other's budget.
      const compared = await this.pairs.judgeSome(experiment.id, judge, together, this.leaving.signal);
      if (claimed.length === 0 && compared === 0) return;
    }
  }

  private async takeUp(
    { id: experimentId, salt, variants, control }: Experiment,
    judge: Judge,
  ): Promise<void> {
    const { samplingRate } = judge;
    const sampling = { experimentId, salt, samplingRate, variants: variants.map(({ key }) => key) };
    await this.transactions.run(async (manager) => {
      const scan = await this.judgements.scan(experimentId, this.clock.now(), takeUpMilliseconds, manager);
      if (!scan) return;
      await this.judgements.takeUp(sampling, scan, manager);
      await this.pairs.takeUp(sampling, control, judge, scan, manager);
    });
  }

  private claim(experimentId: number, judge: Judge): Promise<Judgement[]> {
    const now = this.clock.now();
    const lease = { now, until: new Date(now.getTime() + leaseMilliseconds) };
    return this.transactions.run(async (manager) => {
      const finished = { ...lease, status: 'scored', count: together } as const;
      const scored = await this.judgements.claim(experimentId, finished, manager);
      if (scored.length > 0) return scored;
      const count = await this.allowance.left(experimentId, judge, { now, wanted: together }, manager);
      if (count === 0) return [];
      return this.judgements.claim(experimentId, { ...lease, status: 'due', count }, manager);
    });
  }

  private async judge(experiment: Experiment, judge: Judge, judgement: Judgement): Promise<void> {
    const { generationId, messages, answer, attempts } = judgement;
    const score = judgement.status === 'scored' ? judgement.score : null;
    if (score !== null) return this.recording.record(experiment, judge, judgement, score);
    if (messages === null || answer === null || answer === '') {
      return this.judgements.finish(experiment.id, generationId, lapsedAttempt(this.clock.now()));
    }
    const finding =
      attempts > mostAttempts
        ? abandoned
        : await this.calls.ask(judge, { messages, answer }, this.leaving.signal);
    await this.write(experiment.id, judgement, finding);
    if (finding.kind === 'answered')
      await this.recording.record(experiment, judge, judgement, finding.answer.score);
  }

  /** The attempt and what it cost, together. */
  private async write(
    experimentId: number,
    { generationId, attempts }: Judgement,
    finding: JudgeFinding<JudgeAnswer>,
  ): Promise<void> {
    const now = this.clock.now();
    const attempt = attemptAfter(finding, attempts, now);
    const result: JudgementResult =
      finding.kind === 'answered'
        ? { ...attempt, ...finding.answer, status: 'scored' }
        : { ...attempt, status: attempt.status === 'due' ? 'due' : 'failed' };
    await this.transactions.run(async (manager) => {
      await this.judgements.finish(experimentId, generationId, result, manager);
      await this.allowance.spend(experimentId, finding, now, manager);
    });
  }
}
