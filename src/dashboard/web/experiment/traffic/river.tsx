import { useMemo } from 'preact/hooks';
import type { DecisionView, EpochView, ExperimentView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { shareOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { causeWords } from './cause-words.js';
import { markKindOf, thinMarks } from './marks.js';
import { bandNames, heldBackShare, riverSteps, type RiverBands } from './river-layout.js';
import { riverEnd, riverSummary } from './river-words.js';
import { RiverDrawing, riverFrame, xOf } from './river-drawing.js';
import { RiverLegend } from './river-legend.js';
import { RiverPointer } from './river-pointer.js';
import { servingChanges } from './serving.js';
import { ShownEpoch } from './shown-epoch.js';
import { useEpochChoice } from './use-epoch-choice.js';

export interface RiverProps {
  readonly experiment: ExperimentView;
  /** Oldest first; at least one. */
  readonly epochs: readonly EpochView[];
  readonly decisions: readonly DecisionView[];
  readonly now: number;
}

/** Who got what, when: shares over time, with every change and its cause. */
export function River({ experiment, epochs, decisions, now }: RiverProps) {
  const { keys, starts, bands, until, steps, kinds, used } = useRiver({ experiment, epochs, decisions, now });
  const choice = useEpochChoice(experiment.key, epochs, starts);
  const columns = useMemo(() => epochColumns(keys), [epochs]);
  const newestFirst = useMemo(() => [...epochs].reverse(), [epochs]);
  const latest = steps.at(-1);
  return (
    <div class="river-place">
      <Figure
        title="Traffic over time"
        summary={riverSummary(latest, bands, epochs.length)}
        height={320}
        columns={columns}
        rows={newestFirst}
        draw={(width, height) => {
          const frame = riverFrame(steps, width, height);
          return (
            <RiverDrawing
              frame={frame}
              steps={steps}
              bands={bandNames(bands)}
              variants={keys.length}
              marks={thinMarks(
                starts.map((at, place) => ({ x: xOf(frame, at), kind: kinds[place] ?? 'person' })),
                epochs.length > width / 4 ? 48 : 26,
              )}
            />
          );
        }}
        overlay={(width, height) => (
          <RiverPointer
            frame={riverFrame(steps, width, height)}
            epochs={epochs}
            starts={starts}
            choice={choice}
          />
        )}
      >
        <RiverLegend
          names={bandNames(bands)}
          variants={keys.length}
          shares={latest?.shares ?? []}
          used={used}
          kinds={kinds}
        />
      </Figure>
      <ShownEpoch
        choice={choice}
        epochs={epochs}
        starts={starts}
        steps={steps}
        variants={keys}
        until={until}
      />
    </div>
  );
}

/** What the river is drawn from; laid out anew when something happened, not with each drawing. */
function useRiver({ experiment, epochs, decisions, now }: RiverProps) {
  const { variants, holdback, programmeHoldback, status } = experiment;
  const keys = variants.map(({ key }) => key);
  const bands: RiverBands = { variants: keys, heldBack: heldBackShare(holdback, programmeHoldback) };
  const starts = useMemo(() => epochs.map(({ startedAt }) => Date.parse(startedAt)), [epochs]);
  const changes = useMemo(() => servingChanges(decisions), [decisions]);
  const until = riverEnd(status, [...starts, ...changes.map(({ at }) => at)], now);
  const steps = useMemo(() => riverSteps(epochs, changes, bands, until), [epochs, changes, until]);
  const kinds = useMemo(() => epochs.map(({ cause }) => markKindOf(cause)), [epochs]);
  const used = useMemo(
    () => bandNames(bands).map((_, band) => steps.some(({ shares }) => (shares[band] ?? 0) > 0.0005)),
    [steps],
  );
  return { keys, starts, bands, until, steps, kinds, used };
}

function epochColumns(variants: readonly string[]): Column<EpochView>[] {
  return [
    { title: 'Epoch', text: ({ number }) => String(number), value: ({ number }) => number },
    { title: 'From', text: ({ startedAt }) => instantOf(startedAt), value: ({ startedAt }) => startedAt },
    { title: 'Why', text: causeWords },
    {
      title: 'Coverage',
      text: ({ coverage }) => shareOf(coverage / 100),
      value: ({ coverage }) => coverage / 100,
      numeric: true,
    },
    ...variants.map((key) => ({
      title: key,
      text: ({ weights }: EpochView) => shareOf(weights[key] ?? 0),
      value: ({ weights }: EpochView) => weights[key] ?? 0,
      numeric: true,
    })),
  ];
}
