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

/** What the page says instead of the server, whose words are for programs. */
const pageWords: Readonly<Record<string, string>> = {
  VERSION_CONFLICT: 'Somebody or something else changed it meanwhile.',
  EXPERIMENT_NOT_FOUND: 'It is not there any more: somebody deleted it.',
};

/** Anything that went wrong, as a problem with words. */
export function problemIn(error: unknown): Problem {
  if (!(error instanceof Problem))
    return new Problem(
      0,
      'UNREACHABLE',
      'The server does not answer. Nothing is lost: try again once it does.',
    );
  const { status, code, message, faults } = error;
  return new Problem(status, code, pageWords[code] ?? message, faults);
}

/** Whether it was refused because the experiment is no longer what was seen. */
export function isConflict(problem: Problem | null): boolean {
  return problem?.code === 'VERSION_CONFLICT';
}
