import type { DecisionView, VerdictView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { capitalised } from '../../format/metric.js';
import { countOf, valueOf } from '../../format/number.js';
import { EvidenceFigure } from './evidence-figure.js';
import { actionSentence, guardrailName, guardrailState, stateWords, verdictUnit } from './guardrail-words.js';
import type { GuardrailTile } from './guardrail-tiles.js';
import { StateBadge } from './state-badge.js';
import { ThresholdPlot, thresholdHeight } from './threshold-plot.js';
import { alarmLine, eValueOf, verdictSentence } from './verdict-words.js';

export interface GuardrailTileProps {
  readonly tile: GuardrailTile;
  /** Of the guarded metric. */
  readonly unit: string | null;
  /** In the experiment's order: their places are their looks. */
  readonly variants: readonly string[];
  /** Newest first. */
  readonly decisions: readonly DecisionView[];
}

/** One guardrail: where each variant stands against the limit, and how sure that is. */
export function GuardrailTileView({ tile, unit, variants, decisions }: GuardrailTileProps) {
  const { guardrail, state, verdicts } = tile;
  const own = verdictUnit({ guardrail }, unit);
  const isMeasured = verdicts.some(({ mean }) => mean !== null);
  const hasPath = verdicts.some(({ path }) => path.length > 1);
  const title = capitalised(guardrailName(guardrail, unit));
  const summary = `Once harm is sure, ${actionSentence(guardrail.action)}.`;
  const list = (
    <>
      <StateBadge state={state} />
      <VerdictList verdicts={verdicts} unit={unit} decisions={decisions} />
    </>
  );
  if (!isMeasured)
    return (
      <section class="card guardrail">
        <h3>{title}</h3>
        <p class="muted">{summary}</p>
        {list}
      </section>
    );
  return (
    <section class="guardrail" aria-label={title}>
      <Figure
        title={title}
        summary={summary}
        height={thresholdHeight(verdicts.length)}
        columns={columnsOf(own)}
        rows={verdicts}
        draw={(width) => <ThresholdPlot verdicts={verdicts} variants={variants} unit={own} width={width} />}
      >
        {list}
      </Figure>
      {hasPath && <EvidenceFigure name={title} verdicts={verdicts} variants={variants} />}
    </section>
  );
}

interface VerdictListProps {
  readonly verdicts: readonly VerdictView[];
  readonly unit: string | null;
  readonly decisions: readonly DecisionView[];
}

function VerdictList({ verdicts, unit, decisions }: VerdictListProps) {
  return (
    <ul class="plain verdicts">
      {verdicts.map((verdict) => {
        const alarm = alarmLine(verdict);
        return (
          <li key={verdict.variant}>
            <strong>{verdict.variant}</strong> {stateWords[guardrailState(verdict)].toLowerCase()}.{' '}
            <span class="muted">
              {verdictSentence(verdict, unit, decisions)}
              {alarm !== null &&
                verdict.eValue !== null &&
                ` E-value ${eValueOf(verdict.eValue)}, alarm at ${eValueOf(alarm)}.`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function columnsOf(unit: string | null): Column<VerdictView>[] {
  const number = (
    title: string,
    read: (verdict: VerdictView) => number | null,
    print = (value: number | null) => valueOf(value, unit),
  ): Column<VerdictView> => ({
    title,
    text: (verdict) => print(read(verdict)),
    value: read,
    numeric: true,
  });
  return [
    { title: 'Variant', text: ({ variant }) => variant },
    { title: 'State', text: (verdict) => stateWords[guardrailState(verdict)] },
    number('Mean', ({ mean }) => mean),
    number('Limit', ({ threshold }) => threshold),
    number('Surely beyond', ({ bound }) => bound),
    number('E-value', ({ eValue }) => eValue, eValueOf),
    number('Alarm at', alarmLine, eValueOf),
    number(
      'Units',
      ({ units }) => units,
      (units) => countOf(units ?? 0),
    ),
    { title: 'Units since', text: ({ since }) => since ?? 'the start' },
    { title: 'Overridden until', text: ({ overriddenUntil }) => overriddenUntil ?? '–' },
  ];
}
