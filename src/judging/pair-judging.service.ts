import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../database/transactions.service.js';
import type { Judge } from '../experiments/judge.js';
import { Clock } from '../operations/clock.js';
import { JudgeAllowance } from './judge-allowance.service.js';
import { JudgeCallService } from './judge-call.service.js';
import {
  abandoned,
  attemptAfter,
  lapsedAttempt,
  leaseMilliseconds,
  mostAttempts,
  type JudgedSampling,
} from './judgement.js';
import type { Scan } from './judgement.store.js';
import type { Preference } from './pair.js';
import { PreferenceStore } from './preference.store.js';

/** Asks a judge which of two logged answers to the same input is better: each pair twice, with the order swapped. */
@Injectable()
export class PairJudging {
  constructor(
    private readonly transactions: Transactions,
    private readonly preferences: PreferenceStore,
    private readonly allowance: JudgeAllowance,
    private readonly calls: JudgeCallService,
    private readonly clock: Clock,
  ) {}

  /** Pairs what a scan finds, where the judge compares at all. */
  async takeUp(
    sampling: JudgedSampling,
    control: string,
    { pairwise }: Judge,
    scan: Scan,
    manager: EntityManager,
  ): Promise<void> {
    if (!pairwise) return;
    const { samplingRate } = pairwise;
    await this.preferences.takeUp({ ...sampling, samplingRate }, control, scan, manager);
  }

  /** Judges some of what is due, `most` at once, as far as the day's budget goes; how many it was. */
  async judgeSome(experimentId: number, judge: Judge, most: number, signal: AbortSignal): Promise<number> {
    if (!judge.pairwise || signal.aborted) return 0;
    const claimed = await this.claim(experimentId, judge, most);
    await Promise.all(claimed.map((preference) => this.judge(experimentId, judge, preference, signal)));
    return claimed.length;
  }

  private claim(experimentId: number, judge: Judge, most: number): Promise<Preference[]> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + leaseMilliseconds);
    return this.transactions.run(async (manager) => {
      const count = await this.allowance.left(experimentId, judge, { now, wanted: most }, manager);
      return count === 0 ? [] : this.preferences.claim(experimentId, { now, until, count }, manager);
    });
  }

  private async judge(
    experimentId: number,
    judge: Judge,
    preference: Preference,
    signal: AbortSignal,
  ): Promise<void> {
    const { messages, answer, controlAnswer, swapped, attempts } = preference;
    if (messages === null || answer === null || controlAnswer === null)
      return this.preferences.finish(preference, lapsedAttempt(this.clock.now()));
    const answers = swapped ? ([answer, controlAnswer] as const) : ([controlAnswer, answer] as const);
    const finding =
      attempts > mostAttempts ? abandoned : await this.calls.compare(judge, { messages, answers }, signal);
    const now = this.clock.now();
    const attempt = attemptAfter(finding, attempts, now);
    const result = finding.kind === 'answered' ? { ...attempt, ...finding.answer } : attempt;
    // The attempt and what it cost, together.
    await this.transactions.run(async (manager) => {
      await this.preferences.finish(preference, result, manager);
      await this.allowance.spend(experimentId, finding, now, manager);
    });
  }
}
