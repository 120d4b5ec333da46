import { confidenceSequence } from '../../../src/statistics/confidence-sequence.js';
import { addCell, addUnit, noAssignments } from '../../../src/statistics/randomisation-test.js';
import { unitMean } from '../../../src/statistics/welch.js';
import { bar, type Run } from './bar.js';
import { share, type Reading } from './figure.js';
import { naiveThreshold } from './naive.js';
import { binaryMoments } from './unit-data.js';

const alpha = 0.05;
const users = 2_000;
/** Fewest units per variant for which a difference of rates is nearly normal. */
const nearlyNormal = 25;

interface Called {
  readonly naive: boolean;
  readonly sequence: boolean;
}

/** What a z-test and the confidence sequence say of these successes and units. */
function look(successes: readonly [number, number], units: readonly [number, number]): Called {
  const [control, treatment] = [0, 1].map((variant) =>
    unitMean(binaryMoments(successes[variant] ?? 0, units[variant] ?? 0)),
  );
  if (control?.status !== 'ok' || treatment?.status !== 'ok') return { naive: false, sequence: false };
  const difference = treatment.value - control.value;
  const standardError = Math.sqrt(control.variance + treatment.variance);
  const informationFraction =
    (2 * control.units * treatment.units) / (control.units + treatment.units) / (users / 2);
  const naive = Math.abs(difference) > naiveThreshold * standardError && standardError > 0;
  if (Math.min(...units) < nearlyNormal) return { naive, sequence: false };
  const sequence = confidenceSequence({ estimate: difference, standardError, informationFraction }, alpha);
  return { naive, sequence: sequence.status === 'ok' && sequence.logEValue >= -Math.log(alpha) };
}

/** Users whose order is not known, as in totals. */
const cellSize = 50;

function falseAlarms(run: Run, rate: number): Reading[] {
  let [count, naive, sequence, randomisation, byCell] = [0, 0, 0, 0, 0];
  for (const draws of run.times(4_000)) {
    let state = noAssignments(2);
    let [cells, cellLargest] = [noAssignments(2), 0];
    let [naiveCalled, sequenceCalled, largest] = [false, false, 0];
    for (let user = 0; user < users; user += 1) {
      const variant = draws.coin(0.5);
      const success = draws.coin(rate) === 1;
      state = addUnit(state, { variant, success, propensities: [0.5, 0.5] });
      largest = Math.max(largest, state.logEValue);
      if ((user + 1) % cellSize === 0) {
        const units = state.units.map((all, i) => all - (cells.units[i] ?? 0));
        const successes = state.successes.map((all, i) => all - (cells.successes[i] ?? 0));
        cells = addCell(cells, { units, successes, propensities: [0.5, 0.5] });
        cellLargest = Math.max(cellLargest, cells.logEValue);
      }
      const [a = 0, b = 0] = state.successes;
      const [n = 0, m = 0] = state.units;
      if (naiveCalled && sequenceCalled) continue;
      const called = look([a, b], [n, m]);
      naiveCalled ||= called.naive;
      sequenceCalled ||= called.sequence;
    }
    count += 1;
    naive += naiveCalled ? 1 : 0;
    sequence += sequenceCalled ? 1 : 0;
    byCell += cellLargest >= -Math.log(alpha) ? 1 : 0;
    randomisation += largest >= -Math.log(alpha) ? 1 : 0;
  }
  return [
    { name: `rate ${rate}: beyond 1.96 at any user (naive)`, figure: share(naive, count) },
    {
      name: `rate ${rate}: confidence sequence from 25 users per variant`,
      figure: share(sequence, count),
      atMost: 0.05,
    },
    {
      name: `rate ${rate}: randomisation test from the first user`,
      figure: share(randomisation, count),
      atMost: 0.05,
    },
    {
      name: `rate ${rate}: randomisation test, ${cellSize} users at a time`,
      figure: share(byCell, count),
      atMost: 0.05,
    },
  ];
}

describe('successes of few users', () => {
  bar('23', 'false alarms of a look after every one of 2 000 users', (run) =>
    [0.02, 0.1, 0.5].flatMap((rate) => falseAlarms(run, rate)),
  );
});
