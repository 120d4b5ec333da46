import { useEffect, useState } from 'preact/hooks';
import { Problem, request } from '../api/request.js';
import type { AnswerView } from './answer-view.js';

/** Answers read so far, the newest first. */
export interface Answers {
  readonly answers: readonly AnswerView[];
  /** Whether there are older ones. */
  readonly hasMore: boolean;
  readonly reading: boolean;
  readonly problem: Problem | null;
  readonly readOlder: () => void;
}

interface Page {
  readonly generations: readonly AnswerView[];
  readonly cursor: string | null;
}

interface Pages {
  readonly path: string;
  readonly answers: readonly AnswerView[];
  readonly cursor: string | null;
}

/**
 * Reads answers page by page. They do not change under the reader's eyes: newer ones come when the path or the round does.
 *
 * @param path with its filters, without a cursor
 * @param round another one reads anew
 */
export function useAnswers(path: string, round: number): Answers {
  const [pages, setPages] = useState<Pages | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [reading, setReading] = useState(true);
  const read = async (before: Pages | null, isCurrent: () => boolean) => {
    setReading(true);
    try {
      const cursor = before?.cursor ? `&cursor=${before.cursor}` : '';
      const page = await request<Page>('GET', `${path}${cursor}`);
      if (!isCurrent()) return;
      setPages({ path, answers: [...(before?.answers ?? []), ...page.generations], cursor: page.cursor });
      setProblem(null);
    } catch (error) {
      if (isCurrent())
        setProblem(
          error instanceof Problem ? error : new Problem(0, 'UNREACHABLE', 'The server does not answer.'),
        );
    }
    if (isCurrent()) setReading(false);
  };
  useEffect(() => {
    let current = true;
    void read(null, () => current);
    return () => {
      current = false;
    };
  }, [path, round]);
  const present = pages?.path === path ? pages : null;
  return {
    answers: present?.answers ?? [],
    hasMore: present !== null && present.cursor !== null,
    reading,
    problem,
    readOlder: () => void read(present, () => true),
  };
}
