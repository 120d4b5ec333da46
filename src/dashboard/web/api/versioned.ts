import { useEffect, useRef, useState } from 'preact/hooks';
import { request, Problem } from './request.js';

interface Known {
  readonly data: unknown;
  readonly version: number;
}

const known = new Map<string, Known>();

/**
 * Reads what changes only with the experiment itself, such as its history, which may be long: again when the experiment's
 * version rises, and not every few seconds.
 *
 * @param version of the experiment as the page knows it
 * @param read how it is read: in one answer, or in several pages
 */
export function useVersioned<T>(
  path: string,
  version: number,
  read: (path: string) => Promise<T> = (place) => request<T>('GET', place),
): { data: T | undefined; problem: Problem | null } {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [, setRound] = useState(0);
  const wanted = useRef(path);
  wanted.current = path;
  useEffect(() => {
    if (known.get(path)?.version === version) return;
    read(path).then(
      (data) => {
        known.set(path, { data, version });
        if (wanted.current !== path) return;
        setProblem(null);
        setRound((round) => round + 1);
      },
      (error: unknown) => {
        if (wanted.current !== path) return;
        setProblem(
          error instanceof Problem ? error : new Problem(0, 'UNREACHABLE', 'The server does not answer.'),
        );
      },
    );
  }, [path, version]);
  return { data: known.get(path)?.data as T | undefined, problem };
}
