import { useRef } from 'preact/hooks';
import type { OverviewItemView } from '../api/contract.js';
import { useResource } from '../api/resource.js';
import { PageHeading } from '../shell/page-heading.js';
import { hrefOf, navigate, useRoute } from '../shell/router.js';
import { useNow } from '../shell/now.js';
import { AttentionLine } from './attention-line.js';
import { EmptyList } from './empty-list.js';
import { ExperimentCard } from './experiment-card.js';
import { filterQuery, filtered, readFilter, type ListFilter } from './list-filter.js';
import { ListFilters } from './list-filters.js';
import { useListKeys } from './use-list-keys.js';

/** All experiments: first what needs somebody, then each with what is known of it. */
export function ListPage() {
  const { data, problem } = useResource<{ experiments: readonly OverviewItemView[] }>('v1/overview');
  const filter = readFilter(useRoute().query);
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const now = useNow(10_000);
  const items = data?.experiments ?? [];
  const shown = filtered(items, filter);
  const chosen = useListKeys(
    shown.map(({ key }) => key),
    list,
    search,
  );
  const change = (changed: Partial<ListFilter>) =>
    navigate(hrefOf([], filterQuery({ ...filter, ...changed })), { replace: true });
  return (
    <>
      <PageHeading title="Experiments" />
      {problem && (
        <p role="alert" class="fault">
          {problem.message}
        </p>
      )}
      {!data && !problem && (
        <p class="empty" aria-busy="true">
          Reading…
        </p>
      )}
      {data && items.length === 0 && <EmptyList />}
      {items.length > 0 && (
        <>
          <AttentionLine items={items} />
          <ListFilters filter={filter} search={search} onChange={change} />
          <p class="muted" role="status">
            {shown.length === items.length
              ? `${items.length} in all`
              : `${shown.length} of ${items.length} shown`}
            {shown.length === 0 && '. Change the filters to see others.'}
          </p>
          <ul class="items" ref={list}>
            {shown.map((item) => (
              <ExperimentCard key={item.key} item={item} now={now} chosen={item.key === chosen} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
