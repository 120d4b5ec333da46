import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { times } from '../bar.mjs';
import { median, table } from '../report.mjs';
import { versionOf } from '../versions.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const sides = ['assay', 'flagd-core', 'growthbook'];
/** Measured in two cases, without a bar. */
const others = ['openfeature', 'unleash', 'statsig'];
const cases = [
  {
    name: 'two variants',
    experiments: 1,
    variants: 2,
    mode: 'known',
    must: [4, 12],
    wished: [8, 28],
    beside: others,
  },
  { name: 'five variants', experiments: 1, variants: 5, mode: 'known', must: [4, 12], wished: [8, 28] },
  {
    name: 'one of 100 experiments',
    experiments: 100,
    variants: 2,
    mode: 'known',
    must: [4, 12],
    wished: [8, 28],
  },
  {
    name: '100 experiments at once',
    experiments: 100,
    variants: 2,
    mode: 'all',
    must: [12, null],
    wished: [20, null],
    beside: others,
  },
  {
    name: 'two variants, units never seen',
    experiments: 1,
    variants: 2,
    mode: 'fresh',
    must: [null, null],
    wished: [null, null],
  },
];

/** Seen in profiles, not measured by the run: to be looked at again whenever the hot path changes. */
const whereTimeGoes =
  "Where the time goes, by V8's sampling profiler: two fifths of one assignment are the reading and hashing of the id. Of 100 at once, nearly " +
  'all is the draws, since a unit that was found to be known in all of them is not looked for in each again. Of a first exposure, the clock is about a ' +
  'fifth and the ring between a tenth and a fifth, each timed alone; the rest was not taken apart.';

/** Runs every case, its sides in turns. */
export async function run() {
  const measuredCases = cases.map((each) => ({
    ...each,
    figures: interleaved(each, [...sides, ...(each.beside ?? [])]),
  }));
  const rows = measuredCases.map((each) => rowOf(each, each.figures));
  const moved = interleaved({ experiments: 1, variants: 2, mode: 'moved' }, ['assay']).assay;
  const milliseconds = (pick) => `${(median(moved.map(pick)) / 1e6).toFixed(2)} ms`;
  const text = [
    `Nanoseconds for one evaluation, medians of ${rounds} rounds; flagd-core ${versionOf('@openfeature/flagd-core')}, ` +
      `GrowthBook ${versionOf('@growthbook/growthbook')} (the client that all requests share, without a tracking callback). ` +
      'Assay is called as an application calls it, `AssignmentService.assign()` and `assignAll()` on the embedded database; ' +
      'whoever is new is exposed, and written behind. Ids have 13 characters. "must" and "wished" are the least ratios set for it.',
    table(
      [
        'case',
        'Assay',
        'flagd-core',
        'GrowthBook',
        'vs flagd-core',
        'must / wished',
        'vs GrowthBook',
        'must / wished',
        'first variant',
      ],
      rows,
    ),
    besideTable(measuredCases.filter(({ beside }) => beside)),
    'An evaluation of the peers neither keeps who was exposed nor writes it anywhere.',
    whereTimeGoes,
    `With every slot moved and no pin in memory, a unit waits for the embedded database: median ${milliseconds((each) => each.nanoseconds)}, ` +
      `99th percentile ${milliseconds((each) => each.p99)}, one after the other; 1,000 at the same time are all answered after ` +
      `${milliseconds((each) => each.burst)}, in a few queries.`,
    'How alike two experiments split is tested, not timed: `npm run test:simulation -- test/bucketing` holds 200 pairs of similar ' +
      'names against |r| < 0.005 over a million ids.',
  ].join('\n\n');
  return { title: 'Assignment', text: `${text}\n` };
}

function interleaved(setting, among = sides) {
  const figures = Object.fromEntries(among.map((side) => [side, []]));
  for (let round = 0; round < rounds; round++) {
    for (const side of among) figures[side].push(measured(side, setting));
  }
  return figures;
}

function measured(side, setting) {
  const script = fileURLToPath(new URL('measure.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, side, JSON.stringify(setting)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${side} failed on ${JSON.stringify(setting)}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Ratios alone: no bar was set for these. */
function besideTable(measuredCases) {
  const named = {
    openfeature: `OpenFeature server SDK ${versionOf('@openfeature/server-sdk')}, in-memory provider`,
    unleash: `unleash-client ${versionOf('unleash-client')}`,
    statsig: `statsig-node ${versionOf('statsig-node')}, local mode, exposures not logged`,
  };
  const nanoseconds = (figures, side) => figures[side].map((figure) => figure.nanoseconds);
  const cell = ({ figures }, side) => {
    const theirs = nanoseconds(figures, side);
    const ratio = median(theirs.map((value, round) => value / nanoseconds(figures, 'assay')[round]));
    return `${median(theirs).toFixed(0)}, ${times(ratio)}`;
  };
  return table(
    ['others, and how many times Assay is faster', ...measuredCases.map(({ name }) => name)],
    others.map((side) => [named[side], ...measuredCases.map((each) => cell(each, side))]),
  );
}

function rowOf({ name, variants, must, wished }, figures) {
  const [ours, flagd, growthbook] = sides.map((side) => figures[side].map(({ nanoseconds }) => nanoseconds));
  const shares = sides.map((side) => figures[side][0].share);
  const allShares = Object.values(figures).map(([{ share }]) => share);
  // 20,000 units: four standard deviations of a share are below 0.015.
  const alike = allShares.every((share) => Math.abs(share - 1 / variants) < 0.015);
  if (!alike) throw new Error(`The sides do not split alike in "${name}": ${allShares.join(', ')}`);
  const ratio = (theirs) => median(theirs.map((value, round) => value / ours[round]));
  const verdict = (value, index) =>
    must[index] === null
      ? '–'
      : `${must[index]} / ${wished[index]}: ${value >= wished[index] ? 'both met' : value >= must[index] ? 'must met' : 'not met'}`;
  const [overFlagd, overGrowthbook] = [ratio(flagd), ratio(growthbook)];
  return [
    name,
    ...[ours, flagd, growthbook].map((values) => median(values).toFixed(0)),
    `**${overFlagd.toFixed(1)}x**`,
    verdict(overFlagd, 0),
    `**${overGrowthbook.toFixed(1)}x**`,
    verdict(overGrowthbook, 1),
    shares.map((share) => `${(100 * share).toFixed(1)} %`).join(', '),
  ];
}
