import { request } from './request.js';

/** The most that the server gives at once. */
const pageSize = 1_000;

type Page = { readonly cursor: string | number | null } & Readonly<Record<string, unknown>>;

/**
 * All of a list that the server gives in pages, page by page.
 *
 * @param name of the list in an answer
 * @example await readPages<EpochView>('v1/experiments/a/epochs', 'epochs')
 */
export async function readPages<T>(path: string, name: string): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: Page['cursor'] = null;
  do {
    const place: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page = await request<Page>('GET', `${path}?limit=${pageSize}${place}`);
    items.push(...(page[name] as readonly T[]));
    cursor = page.cursor;
  } while (cursor !== null);
  return items;
}
