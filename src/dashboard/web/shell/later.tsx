import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * A page whose code is fetched once it is shown, or once the browser has nothing else to do: what is looked at first need not
 * wait for what may be looked at next.
 *
 * @example const PlanPage = later(() => import('./plan/plan-page.js').then((part) => part.PlanPage));
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loading: Promise<ComponentType<Props>> | null = null;
  let loaded: ComponentType<Props> | null = null;
  const begin = () =>
    (loading ??= load().then(
      (part) => (loaded = part),
      (error: unknown) => {
        loading = null;
        throw error;
      },
    ));
  waiting.push(begin);
  return function Later(props: Props) {
    const [, setRound] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded === null)
        begin().then(
          () => setRound((round) => round + 1),
          () => setFailed(true),
        );
    }, []);
    if (loaded !== null) {
      const Part = loaded;
      return <Part {...props} />;
    }
    return (
      <p class="empty" aria-busy={!failed} role={failed ? 'alert' : undefined}>
        {failed ? 'This part could not be fetched. Reload the page once the server answers.' : 'Reading…'}
      </p>
    );
  };
}

const waiting: (() => Promise<unknown>)[] = [];

/** The first page is drawn within this, and shall share the line and the processor with nobody. */
const patienceMilliseconds = 1_500;

/** Fetches the code of all pages, so that none waits for it later; what fails is fetched again when it is needed. */
export function fetchTheRest(): void {
  const fetchAll = () => {
    for (const begin of waiting) begin().catch(() => undefined);
  };
  setTimeout(() => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(fetchAll, { timeout: 3_000 });
    else fetchAll();
  }, patienceMilliseconds);
}
