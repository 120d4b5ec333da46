import { scaleLinear } from 'd3-scale';
import type { VerdictView } from '../../api/contract.js';
import { BottomAxis } from '../../chart/axis.js';
import { clipped } from '../../chart/clipped.js';
import { domainOf } from '../../chart/domain.js';
import { VariantDot } from '../../chart/interval-mark.js';
import { ticksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';
import { valueOf } from '../../format/number.js';

const rowHeight = 34;

export function thresholdHeight(rows: number): number {
  return rows * rowHeight + 50;
}

interface ThresholdPlotProps {
  readonly verdicts: readonly VerdictView[];
  readonly variants: readonly string[];
  readonly unit: string | null;
  readonly width: number;
}

/** Each variant's mean and what it is surely beyond, against the limit; the side of harm is shaded. */
export function ThresholdPlot({ verdicts, variants, unit, width }: ThresholdPlotProps) {
  const top = 22;
  const bottom = top + verdicts.length * rowHeight;
  const values = verdicts.flatMap(({ mean, bound, threshold }) => [mean, bound, threshold]);
  const x = scaleLinear(domainOf(values, 0.12), [8, Math.max(60, width - 8)]);
  return (
    <>
      <BottomAxis ticks={ticksOf(x, (value) => valueOf(value, unit))} top={top} bottom={bottom} />
      {verdicts.map(({ variant, mean, bound, threshold, side }, row) => {
        const [y, place] = [top + row * rowHeight, variants.indexOf(variant)];
        const limit = threshold === null ? null : x(threshold);
        const [start = 0, end = 0] = x.range();
        return (
          <g key={variant} class={variantStyle(place).name}>
            {limit !== null && (
              <>
                <rect
                  class="harm"
                  x={side === 'above' ? limit : start}
                  width={Math.max(0, side === 'above' ? end - limit : limit - start)}
                  y={y}
                  height={rowHeight}
                />
                <line class="threshold" x1={limit} x2={limit} y1={y} y2={y + rowHeight} />
              </>
            )}
            <text x={8} y={y + 12} class="halo">
              {clipped(variant, width - 24)}
            </text>
            {mean !== null && bound !== null && (
              <path class="whisker" d={`M${x(bound)} ${y + 17}v10M${x(bound)} ${y + 22}H${x(mean)}`} />
            )}
            {mean !== null && <VariantDot place={place} x={x(mean)} y={y + 22} />}
          </g>
        );
      })}
      <LimitLabel verdicts={verdicts} unit={unit} x={x} width={width} />
    </>
  );
}

interface LimitLabelProps {
  readonly verdicts: readonly VerdictView[];
  readonly unit: string | null;
  readonly x: (value: number) => number;
  readonly width: number;
}

function LimitLabel({ verdicts, unit, x, width }: LimitLabelProps) {
  const thresholds = new Set(verdicts.flatMap(({ threshold }) => threshold ?? []));
  const [threshold] = thresholds;
  if (threshold === undefined || thresholds.size > 1) return null;
  const at = x(threshold);
  return (
    <text x={at} y={14} text-anchor={at > width / 2 ? 'end' : 'start'} class="strong">
      limit {valueOf(threshold, unit)}
    </text>
  );
}
