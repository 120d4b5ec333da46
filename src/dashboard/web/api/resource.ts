import { useEffect, useState } from 'preact/hooks';
import { onChange } from './live.js';
import { Problem, request } from './request.js';

/** What is known of something the server has. */
export interface Resource<T> {
  /** The latest answer; undefined before the first. */
  readonly data: T | undefined;
  /** Why the latest attempt failed; null when it did not. */
  readonly problem: Problem | null;
  readonly refresh: () => void;
}

/** Figures move with every outcome, of which nobody is told. */
const refreshMilliseconds = 10_000;
const latest = new Map<string, unknown>();

const ahead = new Map<string, Promise<unknown>>();

/** Begins to read what a component will ask for first, before there is one. */
export function readAhead(path: string): void {
  const answer = request('GET', path);
  ahead.set(path, answer);
  // Whether it failed is told to who asks for it.
  answer.catch(() => undefined);
}

/**
 * Reads something and keeps it fresh: again when the server says that the experiment changed, and every ten seconds while the
 * page is looked at. What was read before is shown at once.
 *
 * @param path null reads nothing
 * @param experiment whose changes matter; null is everyone's
 * @param read how it is read: in one answer, or in several pages
 * @example const { data } = useResource<Report>(`v1/experiments/${key}/results`, key)
 */
export function useResource<T>(
  path: string | null,
  experiment: string | null = null,
  read: (path: string) => Promise<T> = (place) => request<T>('GET', place),
): Resource<T> {
  const [state, setState] = useState<{ path: string | null; problem: Problem | null; round: number }>({
    path,
    problem: null,
    round: 0,
  });
  const refresh = () => setState((old) => ({ ...old, round: old.round + 1 }));
  useEffect(() => {
    if (path === null) return;
    let current = true;
    const settle = (problem: Problem | null) => current && setState((old) => ({ ...old, path, problem }));
    const answer = (ahead.get(path) as Promise<T> | undefined) ?? read(path);
    ahead.delete(path);
    answer.then(
      (data) => {
        latest.set(path, data);
        settle(null);
      },
      (error: unknown) =>
        settle(
          error instanceof Problem ? error : new Problem(0, 'UNREACHABLE', 'The server does not answer.'),
        ),
    );
    return () => {
      current = false;
    };
  }, [path, state.round]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || refresh(), refreshMilliseconds);
    const forget = onChange((changed) => {
      if (changed === null || experiment === null || changed === experiment) refresh();
    });
    return () => {
      clearInterval(timer);
      forget();
    };
  }, [experiment]);
  return {
    data: path === null ? undefined : (latest.get(path) as T | undefined),
    problem: state.path === path ? state.problem : null,
    refresh,
  };
}
