import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { ReplayStepView } from '../api/contract.js';
import { BottomAxis, LeftAxis } from '../chart/axis.js';
import type { Column } from '../chart/column.js';
import { Figure } from '../chart/figure.js';
import { Legend } from '../chart/legend.js';
import { ticksOf, timeScaleOf, timeTicksOf } from '../chart/ticks.js';
import { variantStyle } from '../chart/variant-style.js';
import { countOf, shareOf } from '../format/number.js';
import { instantOf } from '../format/time.js';

export interface SharesFigureProps {
  readonly steps: readonly ReplayStepView[];
  readonly variants: readonly string[];
}

/** The shares that a bandit would have chosen, step by step. */
export function SharesFigure({ steps, variants }: SharesFigureProps) {
  if (steps.length === 0)
    return (
      <section class="card">
        <h3>Shares it would have chosen</h3>
        <p class="muted">It would not have taken a single step: too few units were through their window.</p>
      </section>
    );
  const last = steps.at(-1);
  const ended = variants.map((key) => `${key} ${shareOf(last?.weights[key])}`).join(', ');
  return (
    <Figure
      title="Shares it would have chosen"
      summary={`${countOf(steps.length)} ${steps.length === 1 ? 'step' : 'steps'}; at the end ${ended}.`}
      height={260}
      columns={columnsOf(variants)}
      rows={steps}
      draw={(width, height) => <Shares steps={steps} variants={variants} width={width} height={height} />}
    >
      <Legend variants={variants.map((key, place) => ({ key, place }))} />
    </Figure>
  );
}

function columnsOf(variants: readonly string[]): Column<ReplayStepView>[] {
  return [
    { title: 'Step', text: ({ at }) => instantOf(at), value: ({ at }) => at },
    ...variants.map((key): Column<ReplayStepView> => ({
      title: key,
      text: ({ weights }) => shareOf(weights[key]),
      value: ({ weights }) => weights[key] ?? null,
      numeric: true,
    })),
    { title: 'Units', text: ({ units }) => countOf(units), value: ({ units }) => units, numeric: true },
  ];
}

interface SharesProps extends SharesFigureProps {
  readonly width: number;
  readonly height: number;
}

function Shares({ steps, variants, width, height }: SharesProps) {
  const [left, right, top, bottom] = [48, Math.max(80, width - 12), 10, height - 28];
  const instants = steps.map(({ at }) => Date.parse(at));
  const x = timeScaleOf(instants, [left, right]);
  const y = scaleLinear([0, 1], [bottom, top]);
  const pathOf = (key: string) =>
    line<ReplayStepView>()
      .x(({ at }) => x(Date.parse(at)))
      .y(({ weights }) => y(weights[key] ?? 0))
      .curve(curveStepAfter)(steps) ?? '';
  return (
    <>
      <LeftAxis left={left} right={right} ticks={ticksOf(y, shareOf, 40)} />
      <BottomAxis ticks={timeTicksOf(x)} top={bottom} bottom={bottom} />
      {variants.map((key, place) => (
        <g key={key} class={variantStyle(place).name}>
          <path class="variant-line" d={pathOf(key)} stroke-dasharray={variantStyle(place).dash} />
        </g>
      ))}
    </>
  );
}
