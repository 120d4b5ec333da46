import { variantStyle } from '../../chart/variant-style.js';
import { shareOf } from '../../format/number.js';
import { MarkShape } from './mark-shape.js';
import { markWords, type MarkKind } from './marks.js';

export interface RiverLegendProps {
  /** Names of the bands. */
  readonly names: readonly string[];
  /** How many of the bands are variants. */
  readonly variants: number;
  /** Present shares, by band. */
  readonly shares: readonly number[];
  /** Whether a band ever had a share. */
  readonly used: readonly boolean[];
  readonly kinds: readonly MarkKind[];
}

/** What the bands and the marks are, and what each band has now. */
export function RiverLegend({ names, variants, shares, used, kinds }: RiverLegendProps) {
  const present = new Set(kinds);
  return (
    <ul class="river-key" aria-label="What is drawn">
      {names.map((name, band) =>
        band < variants || used[band] ? (
          <li key={name}>
            <svg width="18" height="14" aria-hidden="true">
              <rect
                width="18"
                height="14"
                rx="2"
                class={band < variants ? undefined : name === 'fallback' ? 'river-rest' : 'river-held'}
                fill={band < variants ? variantStyle(band).texture : undefined}
              />
            </svg>
            <span>
              {name} <span class="muted">{shareOf(shares[band])} now</span>
            </span>
          </li>
        ) : null,
      )}
      {(Object.keys(markWords) as MarkKind[])
        .filter((kind) => present.has(kind))
        .map((kind) => (
          <li key={kind}>
            <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
              <MarkShape kind={kind} y={0} />
            </svg>
            <span class="muted">changed by {markWords[kind]}</span>
          </li>
        ))}
    </ul>
  );
}
