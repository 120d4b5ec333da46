import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { PlanView } from '../api/contract.js';
import { BottomAxis, LeftAxis } from '../chart/axis.js';
import type { Column } from '../chart/column.js';
import { Figure } from '../chart/figure.js';
import { Legend } from '../chart/legend.js';
import { ticksOf } from '../chart/ticks.js';
import { variantStyle } from '../chart/variant-style.js';
import { chanceOf, countOf, sizeOf } from '../format/number.js';
import { powerRows, type PowerRow } from './curve-points.js';

export interface PowerFigureProps {
  readonly plan: PlanView;
  /** The planned one. */
  readonly power: number;
  readonly unit: string;
  readonly metricUnit: string | null;
}

/** The first style is the control's grey; effects have the colours after it. */
const firstStyle = 1;

/** How likely a difference is found, by the number of units. */
export function PowerFigure({ plan, power, unit, metricUnit }: PowerFigureProps) {
  const rows = powerRows(plan.powerCurves);
  const effects = plan.powerCurves.map(({ effect }) => sizeOf(effect, metricUnit));
  return (
    <Figure
      title="Power by units"
      summary={`With ${countOf(plan.unitsPerVariant)} ${unit}s per variant, a difference of ${sizeOf(plan.minimumEffect.absolute, metricUnit)} is found with a chance of ${chanceOf(power)}; a smaller one takes more.`}
      height={280}
      columns={columnsOf(effects, unit)}
      rows={rows}
      draw={(width, height) => (
        <Curves
          rows={rows}
          count={effects.length}
          needed={plan.unitsPerVariant}
          {...{ power, unit, width, height }}
        />
      )}
    >
      <Legend variants={effects.map((key, place) => ({ key, place: place + firstStyle }))} />
    </Figure>
  );
}

function columnsOf(effects: readonly string[], unit: string): Column<PowerRow>[] {
  return [
    {
      title: `${unit}s per variant`,
      text: ({ unitsPerVariant }) => countOf(unitsPerVariant),
      value: ({ unitsPerVariant }) => unitsPerVariant,
      numeric: true,
    },
    ...effects.map((effect, place): Column<PowerRow> => ({
      title: `power for ${effect}`,
      text: ({ powers }) => chanceOf(powers[place]),
      value: ({ powers }) => powers[place] ?? null,
      numeric: true,
    })),
  ];
}

interface CurvesProps {
  readonly rows: readonly PowerRow[];
  readonly count: number;
  readonly needed: number;
  readonly power: number;
  readonly unit: string;
  readonly width: number;
  readonly height: number;
}

function Curves({ rows, count, needed, power, unit, width, height }: CurvesProps) {
  const [left, right, top, bottom] = [44, Math.max(80, width - 16), 12, height - 42];
  const x = scaleLinear([0, rows.at(-1)?.unitsPerVariant ?? 1], [left, right]);
  const y = scaleLinear([0, 1], [bottom, top]);
  const pathOf = (place: number) =>
    line<PowerRow>()
      .defined(({ powers }) => typeof powers[place] === 'number')
      .x(({ unitsPerVariant }) => x(unitsPerVariant))
      .y(({ powers }) => y(powers[place] ?? 0))(rows) ?? '';
  return (
    <>
      <LeftAxis left={left} right={right} ticks={ticksOf(y, chanceOf, 40)} />
      <BottomAxis ticks={ticksOf(x, countOf)} top={bottom} bottom={bottom} title={`${unit}s per variant`} />
      <path class="wanted" d={`M${left} ${y(power)}H${x(needed)}V${bottom}`} fill="none" />
      <text class="halo" x={left + 6} y={y(power) - 5}>
        planned power {chanceOf(power)}
      </text>
      {Array.from({ length: count }, (_, place) => (
        <g key={place} class={variantStyle(place + firstStyle).name}>
          <path
            class="variant-line"
            d={pathOf(place)}
            stroke-dasharray={variantStyle(place + firstStyle).dash}
          />
        </g>
      ))}
    </>
  );
}
