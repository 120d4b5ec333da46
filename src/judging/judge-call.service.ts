import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Judge } from '../experiments/judge.js';
import type { Generation } from '../llm/generation.js';
import { LlmError } from '../llm/llm-error.js';
import { LlmService } from '../llm/llm.service.js';
import { AssayError } from '../operations/assay-error.js';
import {
  readJudgeAnswer,
  readPairAnswer,
  type JudgeAnswer,
  type MalformedAnswer,
  type PairAnswer,
} from './judge-answer.js';
import { judgePrompt, type JudgedText, type JudgePrompt } from './judge-prompt.js';
import { callMilliseconds, type JudgeFinding } from './judgement.js';
import { pairPrompt, type PairedTexts } from './pair-prompt.js';

/** What a judge is asked, and how its answer is read. */
interface JudgeQuestion<T> {
  readonly judge: Judge;
  readonly prompt: (boundary: string) => JudgePrompt;
  readonly read: (answer: string) => T | MalformedAnswer;
}

/** Failures of the provider's, after which the same call may well succeed later. */
const passing: ReadonlySet<string> = new Set([
  'rate-limited',
  'overloaded',
  'timed-out',
  'unreachable',
  'circuit-open',
  'failed',
]);

/** Asks a judge's model about answers. What it costs and what goes wrong is the judge's own, never the variant's. */
@Injectable()
export class JudgeCallService {
  constructor(private readonly llm: LlmService) {}

  /** The score of one answer. Never throws. */
  ask(judge: Judge, text: JudgedText, signal: AbortSignal): Promise<JudgeFinding<JudgeAnswer>> {
    const prompt = (boundary: string) => judgePrompt(judge, text, boundary);
    return this.askTwice({ judge, prompt, read: (answer) => readJudgeAnswer(answer, judge.scale) }, signal);
  }

  /** Which of two answers is better, in this order. Never throws. */
  compare(judge: Judge, texts: PairedTexts, signal: AbortSignal): Promise<JudgeFinding<PairAnswer>> {
    const prompt = (boundary: string) => pairPrompt(judge, texts, boundary);
    return this.askTwice({ judge, prompt, read: readPairAnswer }, signal);
  }

  /** What came of it; a malformed answer is asked for once more. */
  private async askTwice<T extends object>(
    question: JudgeQuestion<T>,
    signal: AbortSignal,
  ): Promise<JudgeFinding<T>> {
    const first = await this.askOnce(question, signal);
    if (first.kind !== 'failed' || first.error !== 'malformed') return first;
    const second = await this.askOnce(question, signal);
    return {
      ...second,
      calls: first.calls + second.calls,
      costUsd: first.costUsd + second.costUsd,
      unpriced: first.unpriced + second.unpriced,
    };
  }

  private async askOnce<T extends object>(
    { judge, prompt, read }: JudgeQuestion<T>,
    signal: AbortSignal,
  ): Promise<JudgeFinding<T>> {
    const { systemPrompt, input } = prompt(randomBytes(16).toString('hex'));
    try {
      const config = { ...judge.config, systemPrompt };
      const generation = await this.llm.generate(config, input, { signal, deadline: callMilliseconds });
      const cost = costOf(generation);
      const answer = read(generation.text);
      if ('fault' in answer) return { kind: 'failed', error: 'malformed', again: false, ...cost };
      return { kind: 'answered', answer: answer, model: generation.model, ...cost };
    } catch (error) {
      return failureOf(error, signal);
    }
  }
}

function costOf({ costUsd }: Generation) {
  return { calls: 1, costUsd: costUsd ?? 0, unpriced: costUsd === null ? 1 : 0 };
}

function failureOf(error: unknown, signal: AbortSignal): JudgeFinding<never> {
  // What the provider did not answer has no price, and mostly no cost either.
  const partial = error instanceof LlmError ? error.generation.costUsd : null;
  const cost = { calls: error instanceof LlmError ? 1 : 0, costUsd: partial ?? 0, unpriced: 0 };
  if (signal.aborted) return { kind: 'cancelled', ...cost };
  if (!(error instanceof LlmError)) {
    const code = error instanceof AssayError ? error.code : 'INTERNAL';
    return { kind: 'failed', error: code, again: true, ...cost };
  }
  const malformed = error.kind === 'malformed' || error.kind === 'empty' || error.kind === 'truncated';
  if (malformed) return { kind: 'failed', error: 'malformed', again: false, ...cost };
  return { kind: 'failed', error: error.kind, again: passing.has(error.kind), ...cost };
}
