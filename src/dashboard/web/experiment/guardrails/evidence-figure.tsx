import { scaleLog, scaleTime } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { useState } from 'preact/hooks';
import type { VerdictView } from '../../api/contract.js';
import { BottomAxis, LeftAxis } from '../../chart/axis.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { timeTicksOf } from '../../chart/ticks.js';
import { variantStyle } from '../../chart/variant-style.js';
import { countOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { evidenceDomain, logTicks, pathRows, type PathRow } from './evidence-path.js';
import { alarmLine, eValueOf } from './verdict-words.js';

interface EvidenceFigureProps {
  readonly name: string;
  readonly verdicts: readonly VerdictView[];
  readonly variants: readonly string[];
}

/** How the evidence for harm came about, on request. */
export function EvidenceFigure({ name, verdicts, variants }: EvidenceFigureProps) {
  const [open, setOpen] = useState(false);
  const alarm = verdicts.map(alarmLine).find((line) => line !== null) ?? null;
  return (
    <details class="evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>How the evidence came about</summary>
      {open && (
        <Figure
          title={`Evidence: ${name}`}
          summary={`The e-value of harm at each look, thinned. At 1 nothing speaks for harm; at ${eValueOf(alarm)} it is sure, and the guardrail acts.`}
          height={200}
          columns={columns}
          rows={pathRows(verdicts)}
          draw={(width, height) => (
            <Paths verdicts={verdicts} variants={variants} alarm={alarm} width={width} height={height} />
          )}
        />
      )}
    </details>
  );
}

const columns: readonly Column<PathRow>[] = [
  { title: 'Variant', text: ({ variant }) => variant },
  { title: 'At', text: ({ at }) => instantOf(at), value: ({ at }) => at },
  {
    title: 'Observations',
    text: ({ observations }) => countOf(observations),
    value: ({ observations }) => observations,
    numeric: true,
  },
  { title: 'E-value', text: ({ eValue }) => eValueOf(eValue), value: ({ eValue }) => eValue, numeric: true },
];

interface PathsProps {
  readonly verdicts: readonly VerdictView[];
  readonly variants: readonly string[];
  readonly alarm: number | null;
  readonly width: number;
  readonly height: number;
}

function Paths({ verdicts, variants, alarm, width, height }: PathsProps) {
  const [left, right, top, bottom] = [52, Math.max(80, width - 8), 14, height - 26];
  const rows = pathRows(verdicts);
  const instants = rows.map(({ at }) => Date.parse(at));
  const x = scaleTime([Math.min(...instants), Math.max(...instants)], [left, right]);
  const domain = evidenceDomain(
    rows.map(({ eValue }) => eValue),
    alarm,
  );
  const y = scaleLog(domain, [bottom, top]).clamp(true);
  return (
    <>
      <LeftAxis
        left={left}
        right={right}
        ticks={logTicks(domain).map((value) => ({ at: y(value), label: eValueOf(value) }))}
      />
      <BottomAxis ticks={timeTicksOf(x)} top={top} bottom={bottom} />
      {alarm !== null && (
        <g>
          <line class="threshold" x1={left} x2={right} y1={y(alarm)} y2={y(alarm)} />
          <text class="halo" x={right} y={y(alarm) - 4} text-anchor="end">
            alarm at {eValueOf(alarm)}
          </text>
        </g>
      )}
      {verdicts.map(({ variant, path }) => {
        const { name, dash } = variantStyle(variants.indexOf(variant));
        const draw = line<(typeof path)[number]>()
          .x(({ at }) => x(Date.parse(at)))
          .y(({ eValue }) => y(Math.max(eValue, domain[0])))
          .curve(curveStepAfter);
        return (
          <g key={variant} class={name}>
            <path d={draw([...path]) ?? ''} class="variant-line" stroke-dasharray={dash} />
          </g>
        );
      })}
    </>
  );
}
