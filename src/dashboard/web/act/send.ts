import type { ExperimentView } from '../api/contract.js';
import { Problem, request } from '../api/request.js';
import type { ActionRequest } from './action-request.js';

/** What the bandit's step answers instead of an experiment. */
export interface StepView {
  readonly experiment: string;
  readonly changed: boolean;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What a write answers: the experiment as it is afterwards, a bandit's step, or nothing after a deletion. */
export type Answer = ExperimentView | StepView | null;

/** Does it, if the experiment is still at that version; null asks for no version. */
export function perform(wanted: ActionRequest, version: number | null): Promise<Answer> {
  return sent(wanted, wanted.path, version);
}

/** What it would do, without doing it. */
export function rehearse(wanted: ActionRequest, version: number): Promise<Answer> {
  return sent(wanted, `${wanted.path}?dryRun=true`, version);
}

async function sent({ method, body }: ActionRequest, path: string, version: number | null): Promise<Answer> {
  const answer = await request<Answer | ''>(method, path, body, version ?? undefined);
  return answer === '' ? null : answer;
}

/** The experiment in an answer, if that is what it is. */
export function experimentIn(answer: Answer): ExperimentView | null {
  return answer && 'status' in answer ? answer : null;
}

/** Anything that went wrong, as a problem with words. */
export function problemIn(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : new Problem(0, 'UNREACHABLE', 'The server does not answer. Nothing is lost: try again once it does.');
}
