import { scaleTime } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { useMemo } from 'preact/hooks';
import type { DecisionView, EpochView } from '../../api/contract.js';
import { BottomAxis, LeftAxis } from '../../chart/axis.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { timeTicksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';
import { chanceOf, shareOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { banditSteps, banditSummary, type BanditStepPoint } from './bandit-steps.js';
import { thinSteps } from './downsample.js';

export interface BanditFigureProps {
  /** Oldest first. */
  readonly epochs: readonly EpochView[];
  /** Newest first. */
  readonly decisions: readonly DecisionView[];
  readonly variants: readonly string[];
  readonly now: number;
}

/** What the bandit believed at each step: each variant's probability of being the best. */
export function BanditFigure({ epochs, decisions, variants, now }: BanditFigureProps) {
  const steps = useMemo(() => banditSteps(epochs, variants), [epochs]);
  const summary = banditSummary(steps, variants, decisions);
  if (steps.length === 0)
    return (
      <section class="card">
        <h3>What the bandit believed</h3>
        <p class="muted">{summary}</p>
      </section>
    );
  return (
    <Figure
      title="What the bandit believed"
      summary={summary}
      height={240}
      columns={columnsOf(variants)}
      rows={[...steps].reverse()}
      draw={(width, height) => (
        <Chances steps={steps} variants={variants} now={now} width={width} height={height} />
      )}
    >
      <ul class="river-key" aria-label="What is drawn">
        {variants.map((key, place) => (
          <li key={key} class={variantStyle(place).name}>
            <svg width="26" height="10" aria-hidden="true">
              <line
                x1="0"
                x2="26"
                y1="5"
                y2="5"
                class="variant-line"
                stroke-dasharray={variantStyle(place).dash}
              />
            </svg>
            <span>
              {key} <span class="muted">{chanceOf(steps.at(-1)?.shares[place])}</span>
            </span>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

interface ChancesProps {
  readonly steps: readonly BanditStepPoint[];
  readonly variants: readonly string[];
  readonly now: number;
  readonly width: number;
  readonly height: number;
}

function Chances({ steps, variants, now, width, height }: ChancesProps) {
  const [left, right, top, bottom] = [44, Math.max(60, width - 8), 8, height - 26];
  const from = steps[0]?.at ?? now;
  const until = Math.max(now, from + 1);
  const paths = useMemo(() => {
    const thinned = thinSteps(steps, right - left);
    const last = thinned.at(-1);
    const points = last ? [...thinned, { ...last, at: until }] : [];
    return variants.map((_, place) =>
      line<BanditStepPoint>()
        .x(({ at }) => Math.round((left + ((at - from) / (until - from)) * (right - left)) * 10) / 10)
        .y(({ shares }) => Math.round((bottom - (shares[place] ?? 0) * (bottom - top)) * 10) / 10)
        .curve(curveStepAfter)(points),
    );
  }, [steps, right, bottom, until]);
  return (
    <>
      <LeftAxis
        left={left}
        right={right}
        ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => ({
          at: bottom - share * (bottom - top),
          label: shareOf(share),
        }))}
      />
      <BottomAxis ticks={timeTicksOf(scaleTime([from, until], [left, right]))} top={top} bottom={bottom} />
      {paths.map((path, place) => (
        <g key={variants[place]} class={variantStyle(place).name}>
          <path d={path ?? ''} class="variant-line" stroke-dasharray={variantStyle(place).dash} />
        </g>
      ))}
    </>
  );
}

function columnsOf(variants: readonly string[]): Column<BanditStepPoint>[] {
  return [
    { title: 'Step', text: ({ at }) => instantOf(at), value: ({ epoch }) => epoch.startedAt },
    ...variants.flatMap((key, place): Column<BanditStepPoint>[] => [
      {
        title: `${key}: chance of being best`,
        text: ({ shares }) => chanceOf(shares[place]),
        value: ({ shares }) => shares[place] ?? null,
        numeric: true,
      },
      {
        title: `${key}: weight after`,
        text: ({ epoch }) => shareOf(epoch.weights[key]),
        value: ({ epoch }) => epoch.weights[key] ?? null,
        numeric: true,
      },
    ]),
  ];
}
