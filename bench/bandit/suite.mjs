import { probabilityBest } from '../../dist/statistics/probability-best.js';
import { atLeast, times } from '../bar.mjs';
import { median, table } from '../report.mjs';
import { inTurns, medianRatio, rounds } from '../rounds.mjs';
import { exactBest } from './exact.mjs';
import { shareBest } from './monte-carlo.mjs';

const draws = 10_000;
const arms = (...pairs) => pairs.map(([alpha, beta]) => ({ family: 'beta', alpha, beta }));
const cases = [
  { name: 'alike', posteriors: arms([51, 451], [56, 446], [61, 441], [48, 454], [53, 449]) },
  {
    name: 'of 33 to 500,000 units',
    posteriors: arms([4, 30], [55_000, 445_000], [31, 271], [601, 4_401], [5_501, 44_501]),
  },
  { name: 'of hardly any units', posteriors: arms([0.5, 0.5], [1, 2], [2, 1], [1.5, 1.5], [1, 1]) },
];

/** Microseconds for one of several calls, after some for the compiler. */
function timed(work, calls) {
  for (let call = 0; call < Math.ceil(calls / 5); call++) work();
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) work();
  return Number(process.hrtime.bigint() - start) / 1e3 / calls;
}

const largestError = (found, true_) =>
  Math.max(...found.map((value, index) => Math.abs(value - true_[index])));

/** Times a bandit's step by quadrature beside one by draws. */
export async function run() {
  const rows = [];
  for (const each of cases) rows.push(await rowOf(each));
  const text = [
    `Microseconds for the chance of each of five variants to be the best, medians of ${rounds} rounds; the other way draws ${draws.toLocaleString('en')} times from each ` +
      "posterior, by Marsaglia and Tsang's method. Errors are the largest of the five, against an integral by the midpoint rule in 400,000 steps.",
    table(
      [
        'posteriors',
        'Assay',
        'draws',
        'Assay is faster',
        'must / wished',
        "Assay's error",
        'bar',
        "draws' error",
      ],
      rows,
    ),
  ];
  return { title: 'A step of a bandit', text: `${text.join('\n\n')}\n` };
}

async function rowOf({ name, posteriors }) {
  const figures = await inTurns({
    assay: () => timed(() => probabilityBest(posteriors, 'increase'), 200),
    draws: () => timed(() => shareBest(posteriors, draws), 5),
  });
  const exact = exactBest(posteriors);
  const error = largestError(probabilityBest(posteriors, 'increase').probabilities, exact);
  const byDraws = largestError(shareBest(posteriors, draws), exact);
  if (byDraws > 0.05) throw new Error(`Draws and integral differ by ${byDraws} for posteriors ${name}.`);
  const faster = medianRatio(figures.draws, figures.assay);
  return [
    name,
    median(figures.assay).toFixed(0),
    median(figures.draws).toFixed(0),
    times(faster),
    atLeast(faster, 100, 250),
    error.toExponential(0),
    `≤ 1e-4: ${error <= 1e-4 ? 'met' : 'NOT MET'}`,
    byDraws.toExponential(0),
  ];
}
