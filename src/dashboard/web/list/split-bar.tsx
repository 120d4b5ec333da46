import type { OverviewItemView } from '../api/contract.js';
import { variantStyle } from '../chart/variant-style.js';
import { shareOf } from '../format/number.js';

/** How new units are shared out: a bar with a texture for each variant, and the shares in words. */
export function SplitBar({ variants, coverage }: Pick<OverviewItemView, 'variants' | 'coverage'>) {
  const words = variants.map(({ key, weight }) => `${key} ${shareOf(weight)}`).join(', ');
  const starts = variants.map((_, place) =>
    variants.slice(0, place).reduce((sum, { weight }) => sum + weight, 0),
  );
  return (
    <>
      <svg class="split" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        {variants.map(({ key, weight }, place) => (
          <rect
            key={key}
            class={variantStyle(place).name}
            x={(starts[place] ?? 0) * 100}
            width={weight * 100}
            height="10"
            fill={variantStyle(place).texture}
          />
        ))}
      </svg>
      <span class="words">
        {words}
        {coverage < 100 && `; ${shareOf(coverage / 100)} of units let in`}
      </span>
    </>
  );
}
