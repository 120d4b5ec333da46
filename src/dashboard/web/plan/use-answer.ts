import { useEffect, useState } from 'preact/hooks';
import { Problem, request, type Method } from '../api/request.js';

/** What is asked of the server. */
export interface Question {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
}

/** What it answers; while it thinks, what it answered last. */
export interface Answer<T> {
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly asking: boolean;
  /** What this is the answer to; null before the first. */
  readonly question: Question | null;
}

/** Typing is over when nothing came for so long. */
export const quietMilliseconds = 350;

const nothing = { data: null, problem: null, asking: false, question: null };

/** Asks once typing is over, and again only for another question; null asks nothing. */
export function useAnswer<T>(question: Question | null): Answer<T> {
  const asked = question === null ? null : JSON.stringify(question);
  const [said, setSaid] = useState<{ readonly asked: string | null; readonly answer: Answer<T> }>({
    asked: null,
    answer: nothing,
  });
  useEffect(() => {
    if (asked === null || question === null) return;
    let current = true;
    const say = (data: T | null, problem: Problem | null) =>
      current && setSaid({ asked, answer: { data, problem, asking: false, question } });
    const timer = setTimeout(() => {
      request<T>(question.method, question.path, question.body).then(
        (data) => say(data, null),
        (error: unknown) =>
          say(
            null,
            error instanceof Problem ? error : new Problem(0, 'UNREACHABLE', 'The server does not answer.'),
          ),
      );
    }, quietMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked]);
  if (asked === null) return nothing;
  return said.asked === asked ? said.answer : { ...said.answer, asking: true };
}
