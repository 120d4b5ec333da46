import { useEffect, useState } from 'preact/hooks';

/** Where the reader is. The address is `#/experiments/some-key/traffic?metric=cost_usd`. */
export interface Route {
  /** Decoded parts: `['experiments', 'some-key', 'traffic']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/**
 * @example readRoute('#/experiments/a%2Fb?x=1').path // ['experiments', 'a/b']
 */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

/**
 * The address of a place, for links.
 *
 * @example hrefOf(['experiments', 'exp_1'], { tab: 'traffic' }) // '#/experiments/exp_1?tab=traffic'
 */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`;
}

/** Goes there; `replace` leaves no step to come back to. */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, '', href);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = href;
}

/** The present place; the component is drawn again when it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(readRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
