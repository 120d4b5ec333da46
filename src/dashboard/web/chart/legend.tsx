import { VariantDot } from './interval-mark.js';
import { variantStyle } from './variant-style.js';

export interface LegendProps {
  readonly variants: readonly { readonly key: string; readonly place: number }[];
}

/** Which colour, dash and shape is which variant's. */
export function Legend({ variants }: LegendProps) {
  return (
    <ul class="legend">
      {variants.map(({ key, place }) => (
        <li key={key} class={variantStyle(place).name}>
          <svg width="28" height="14" aria-hidden="true">
            <line
              class="variant-line"
              x1="0"
              x2="28"
              y1="7"
              y2="7"
              stroke-dasharray={variantStyle(place).dash}
            />
            <VariantDot place={place} x={14} y={7} />
          </svg>
          {key}
        </li>
      ))}
    </ul>
  );
}
