import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { PlanView } from '../api/contract.js';
import { BottomAxis, LeftAxis } from '../chart/axis.js';
import type { Column } from '../chart/column.js';
import { Figure } from '../chart/figure.js';
import { ticksOf } from '../chart/ticks.js';
import { variantStyle } from '../chart/variant-style.js';
import { countOf, shareOf, sizeOf } from '../format/number.js';
import { foundByDay, type FoundByDay } from './curve-points.js';
import { effectSentence } from './effect-words.js';

export interface EffectFigureProps {
  readonly plan: PlanView;
  readonly unit: string;
  readonly metricUnit: string | null;
}

/** The smallest difference that can be found, by the day on which the experiment ends. */
export function EffectFigure({ plan, unit, metricUnit }: EffectFigureProps) {
  const print = (effect: number) => sizeOf(effect, metricUnit);
  const found = foundByDay(plan.minimumDetectableEffect);
  const wanted = plan.minimumEffect.absolute;
  const summary = effectSentence(plan, print);
  if (found.length < 2)
    return (
      <section class="card">
        <h3>Smallest difference by days</h3>
        <p class="muted">{summary}</p>
      </section>
    );
  return (
    <Figure
      title="Smallest difference by days"
      summary={summary}
      height={280}
      columns={columnsOf(unit, metricUnit)}
      rows={plan.minimumDetectableEffect}
      draw={(width, height) => (
        <Weeks found={found} wanted={wanted} print={print} width={width} height={height} />
      )}
    />
  );
}

type Week = PlanView['minimumDetectableEffect'][number];

function columnsOf(unit: string, metricUnit: string | null): Column<Week>[] {
  return [
    { title: 'days', text: ({ days }) => countOf(days), value: ({ days }) => days, numeric: true },
    {
      title: `${unit}s per variant`,
      text: ({ unitsPerVariant }) => countOf(unitsPerVariant),
      value: ({ unitsPerVariant }) => unitsPerVariant,
      numeric: true,
    },
    {
      title: 'smallest difference',
      text: ({ absolute }) => sizeOf(absolute, metricUnit),
      value: ({ absolute }) => absolute,
      numeric: true,
    },
    {
      title: 'of the mean',
      text: ({ relative }) => shareOf(relative),
      value: ({ relative }) => relative,
      numeric: true,
    },
  ];
}

interface WeeksProps {
  readonly found: readonly FoundByDay[];
  readonly wanted: number;
  readonly print: (effect: number) => string;
  readonly width: number;
  readonly height: number;
}

function Weeks({ found, wanted, print, width, height }: WeeksProps) {
  const [left, right, top, bottom] = [84, Math.max(120, width - 16), 12, height - 42];
  const x = scaleLinear([0, found.at(-1)?.days ?? 1], [left, right]);
  const largest = Math.max(wanted, ...found.map(({ absolute }) => absolute));
  const y = scaleLinear([0, largest * 1.08], [bottom, top]);
  const path = line<FoundByDay>()
    .x(({ days }) => x(days))
    .y(({ absolute }) => y(absolute))(found);
  return (
    <>
      <LeftAxis left={left} right={right} ticks={ticksOf(y, print, 40)} />
      <BottomAxis ticks={ticksOf(x, countOf)} top={bottom} bottom={bottom} title="days from the start" />
      <path class="wanted" d={`M${left} ${y(wanted)}H${right}`} />
      <text
        class="halo"
        x={right}
        y={y(wanted) + (found.some(({ absolute }) => absolute <= wanted) ? -6 : 16)}
        text-anchor="end"
      >
        wanted: {print(wanted)}
      </text>
      <g class={variantStyle(1).name}>
        <path class="variant-line" d={path ?? ''} />
        {found.map(({ days, absolute }) => (
          <circle key={days} class="variant-mark" cx={x(days)} cy={y(absolute)} r="3.5" />
        ))}
      </g>
    </>
  );
}
