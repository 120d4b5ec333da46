/** What a key may be granted: `admin` includes `operate` includes `read`; the other two stand alone. */
export const SCOPES = ['admin', 'operate', 'read', 'evaluate', 'ingest'] as const;

/** The right a key grants, and a route asks for. */
export type Scope = (typeof SCOPES)[number];

/**
 * Whether a key of scope `granted` may use a route that asks for `required`.
 * `admin` may do everything; an application that both asks for assignments and sends outcomes holds two keys.
 *
 * @example allows('operate', 'read') // true
 * @example allows('operate', 'ingest') // false
 */
export function allows(granted: Scope, required: Scope): boolean {
  switch (granted) {
    case 'admin':
      return true;
    case 'operate':
      return required === 'operate' || required === 'read';
    case 'read':
    case 'evaluate':
    case 'ingest':
      return granted === required;
  }
}
