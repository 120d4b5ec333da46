import { scaleLinear } from 'd3-scale';
import type { OverviewItemView } from '../api/contract.js';
import { intervalOf } from './item-words.js';

type Primary = NonNullable<OverviewItemView['primary']>;

const width = 160;
const height = 22;

/** The interval beside zero, drawn small; the words beside it say the same. */
export function IntervalMark({ primary }: { readonly primary: Primary }) {
  const interval = intervalOf(primary);
  const { difference, decided } = primary;
  if (!interval || difference === null) return null;
  const reach = Math.max(Math.abs(interval[0]), Math.abs(interval[1]), Number.MIN_VALUE);
  const at = scaleLinear([-reach, reach], [4, width - 4]);
  return (
    <svg
      class={`interval-mark decided-${decided ?? 'open'}`}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <line class="zero" x1={at(0)} x2={at(0)} y1="1" y2={height - 1} />
      <path d={`M${at(interval[0])} 6V16M${at(interval[1])} 6V16M${at(interval[0])} 11H${at(interval[1])}`} />
      <circle cx={at(difference)} cy="11" r="4" />
    </svg>
  );
}
