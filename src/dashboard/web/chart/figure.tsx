import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Column } from './column.js';
import { DataTable } from './data-table.js';
import { csvOf } from './csv.js';
import { savePng, saveSvg, saveText } from './save.js';
import { useWidth } from './width.js';

export interface FigureProps<Row> {
  readonly title: string;
  /** What the reader sees in it, in one sentence; read aloud in place of the drawing. */
  readonly summary: string;
  /** Pixels, or what they are at a width. */
  readonly height: number | ((width: number) => number);
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Draws what is inside the `<svg>`, for that many pixels. */
  readonly draw: (width: number, height: number) => ComponentChildren;
  /** What lies over the drawing, to point at it with: a drawing that is read aloud as a whole holds nothing to operate. */
  readonly overlay?: (width: number, height: number) => ComponentChildren;
  readonly children?: ComponentChildren;
}

/**
 * A drawing with the table behind it: the same rows are drawn, listed and saved (CSV, PNG, SVG).
 *
 * @example <Figure title="Share" summary="…" height={240} columns={columns} rows={rows} draw={(width) => <path d={…} />} />
 */
export function Figure<Row>({
  title,
  summary,
  height: given,
  columns,
  rows,
  draw,
  overlay,
  children,
}: FigureProps<Row>) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const width = useWidth(place);
  const height = typeof given === 'number' ? given : given(width);
  const id = useId();
  const [listed, setListed] = useState(false);
  return (
    <figure class="figure" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{title}</h3>
        <FigureTools
          title={title}
          listed={listed}
          onList={() => setListed(!listed)}
          csv={() => csvOf(columns, rows)}
          drawing={() => drawing.current}
        />
        <p>{summary}</p>
      </figcaption>
      {children}
      <div ref={place} class="drawing" hidden={listed}>
        <svg
          ref={drawing}
          role="img"
          aria-label={`${title}. ${summary}`}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
        >
          {draw(width, height)}
        </svg>
        {overlay?.(width, height)}
      </div>
      {listed && <DataTable titled caption={title} columns={columns} rows={rows} />}
    </figure>
  );
}

interface ToolsProps {
  readonly title: string;
  readonly listed: boolean;
  readonly onList: () => void;
  readonly csv: () => string;
  readonly drawing: () => SVGSVGElement | null;
}

function FigureTools({ title, listed, onList, csv, drawing }: ToolsProps) {
  const withDrawing = (save: (svg: SVGSVGElement, name: string) => unknown) => () => {
    const svg = drawing();
    if (svg) void save(svg, title);
  };
  return (
    <span class="tools">
      <button class="quiet" aria-pressed={listed} onClick={onList} aria-label={`${title} as a table`}>
        Table
      </button>
      <button
        class="quiet"
        onClick={() => saveText(csv(), `${title}.csv`, 'text/csv')}
        aria-label={`Save ${title} as CSV`}
      >
        CSV
      </button>
      <button class="quiet" onClick={withDrawing(savePng)} aria-label={`Save ${title} as PNG`}>
        PNG
      </button>
      <button class="quiet" onClick={withDrawing(saveSvg)} aria-label={`Save ${title} as SVG`}>
        SVG
      </button>
    </span>
  );
}
