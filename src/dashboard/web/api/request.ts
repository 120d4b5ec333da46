/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly faults: readonly { readonly pointer: string; readonly message: string }[] = [],
  ) {
    super(detail);
  }
}

interface ProblemBody {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

let signedOut: () => void = () => undefined;

/** Called when a request is refused because the session is over, or its key was revoked. */
export function whenSignedOut(listener: () => void): void {
  signedOut = listener;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Asks the server that the page came from.
 *
 * @param path relative to the page: `v1/experiments`
 * @param version that the change is based on: someone else's change meanwhile is refused
 * @throws Problem when the server refuses
 */
export async function request<T = unknown>(
  method: Method,
  path: string,
  body?: unknown,
  version?: number,
): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (response.status === 401) signedOut();
  if (!response.ok) throw problemOf(response.status, isJson ? ((await response.json()) as ProblemBody) : {});
  return (isJson ? await response.json() : await response.text()) as T;
}

function problemOf(status: number, { code, title, detail, errors }: ProblemBody): Problem {
  return new Problem(status, code ?? String(status), detail ?? title ?? 'The server refused this.', errors);
}
