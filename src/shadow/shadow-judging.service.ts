import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/transactions.service.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Judge } from '../experiments/judge.js';
import { JudgeAllowance } from '../judging/judge-allowance.service.js';
import type { PairAnswer } from '../judging/judge-answer.js';
import { JudgeCallService } from '../judging/judge-call.service.js';
import { callMilliseconds, type JudgeFinding } from '../judging/judgement.js';
import { Clock } from '../operations/clock.js';
import type { LoggedQuestion, ShadowJudgement } from './shadow-run.js';

/** A score and two orders of a pair, each asked for once more where it is malformed. */
export const judgingMilliseconds = 6 * callMilliseconds;

/** Nobody was asked. */
export const noJudgement: ShadowJudgement = { score: null, pair: null, error: null, costUsd: 0 };

/** A candidate's answer beside the one that was shown. */
interface ShadowTexts {
  readonly question: LoggedQuestion;
  readonly text: string;
  readonly signal: AbortSignal;
}

/**
 * Lets an experiment's judge score a candidate's answer and compare it with the one shown, at once, so that the text is kept
 * nowhere. As far as the judge's budget of the day goes; what it does not reach stays unjudged.
 */
@Injectable()
export class ShadowJudging {
  constructor(
    private readonly transactions: Transactions,
    private readonly allowance: JudgeAllowance,
    private readonly calls: JudgeCallService,
    private readonly clock: Clock,
  ) {}

  /** Null where it was broken off; never throws for what the judge does. */
  async judge(
    { id }: Experiment,
    judge: Judge,
    { question, text, signal }: ShadowTexts,
  ): Promise<ShadowJudgement | null> {
    const { messages, answer, isSampled, isUnpaired } = question;
    const compare = (answers: readonly [string, string]) => () =>
      this.calls.compare(judge, { messages, answers }, signal);
    const score = isSampled
      ? await this.ask(id, judge, () => this.calls.ask(judge, { messages, answer: text }, signal))
      : null;
    const isCompared = judge.pairwise && isUnpaired && answer !== '';
    const controlFirst = isCompared ? await this.ask(id, judge, compare([answer, text])) : null;
    const candidateFirst = controlFirst ? await this.ask(id, judge, compare([text, answer])) : null;
    const findings = [score, controlFirst, candidateFirst].filter((finding) => finding !== null);
    if (signal.aborted || findings.some(({ kind }) => kind === 'cancelled')) return null;
    const failed = findings.find((finding) => finding.kind === 'failed');
    return {
      score: score?.kind === 'answered' ? score.answer.score : null,
      pair: controlFirst && candidateFirst && pairOf(controlFirst, candidateFirst),
      error: failed?.kind === 'failed' ? failed.error : null,
      costUsd: findings.reduce((sum, { costUsd }) => sum + costUsd, 0),
    };
  }

  /** Null where the budget of the day is spent. */
  private async ask<T>(
    experimentId: number,
    judge: Judge,
    call: () => Promise<JudgeFinding<T>>,
  ): Promise<JudgeFinding<T> | null> {
    const wanted = { now: this.clock.now(), wanted: 1 };
    const left = await this.transactions.run((manager) =>
      this.allowance.left(experimentId, judge, wanted, manager),
    );
    if (left === 0) return null;
    const finding = await call();
    const now = this.clock.now();
    await this.transactions.run((manager) => this.allowance.spend(experimentId, finding, now, manager));
    return finding;
  }
}

function pairOf(
  controlFirst: JudgeFinding<PairAnswer>,
  candidateFirst: JudgeFinding<PairAnswer>,
): ShadowJudgement['pair'] {
  const preferredBy = (finding: JudgeFinding<PairAnswer>) =>
    finding.kind === 'answered' ? finding.answer.preferred : null;
  const preferences = { controlFirst: preferredBy(controlFirst), variantFirst: preferredBy(candidateFirst) };
  const isJudged = preferences.controlFirst !== null && preferences.variantFirst !== null;
  return { ...preferences, status: isJudged ? 'judged' : 'failed' };
}
