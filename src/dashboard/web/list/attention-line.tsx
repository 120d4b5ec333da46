import { Fragment } from 'preact';
import type { OverviewItemView } from '../api/contract.js';
import { hrefOf } from '../shell/router.js';
import { attentionOf, calmWords } from './attention.js';
import { visible } from '../format/visible.js';

/** More would be a list, and that is below. */
const told = 4;

/** What needs somebody, in one sentence, before everything else. */
export function AttentionLine({ items }: { readonly items: readonly OverviewItemView[] }) {
  const all = attentionOf(items);
  const shown = all.slice(0, told);
  const grave = all.some(({ concern }) => concern !== 'ship');
  return (
    <p
      class={`attention ${all.length === 0 ? '' : grave ? 'attention-grave' : 'attention-good'}`}
      role="status"
    >
      {all.length === 0 && calmWords(items)}
      {shown.map(({ item, words }, place) => (
        <Fragment key={item.key}>
          {place > 0 && '; '}
          <a href={hrefOf(['experiments', item.key])}>{visible(item.name)}</a> {words}
        </Fragment>
      ))}
      {all.length > told && `; and ${all.length - told} more, first in the list`}
      {all.length > 0 && '.'}
    </p>
  );
}
