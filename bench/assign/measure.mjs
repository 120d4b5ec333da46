// One side of one case in a process of its own: `measure.mjs <side> <case as JSON>`. Prints nanoseconds for an evaluation.
import { keyOf, unitsOf } from './setting.mjs';

const [side, text] = process.argv.slice(2);
const { experiments, variants, mode } = JSON.parse(text);
const prepared = await (
  await import(`./${side}.mjs`)
).prepare({ experiments, variants, moved: mode === 'moved' });
const key = keyOf(0);
let sink = 0;

/** Median of several passes, so that one pause does not decide; the first are for the compiler. */
async function timed(pass, evaluations) {
  const nanoseconds = [];
  for (let turn = 0; turn < 9; turn++) {
    const start = process.hrtime.bigint();
    // A pass that makes no promises must not pay for one.
    const passing = pass();
    if (passing) await passing;
    nanoseconds.push(Number(process.hrtime.bigint() - start) / evaluations);
  }
  return nanoseconds.slice(2).sort((a, b) => a - b)[3];
}

const modes = {
  /** Units that come back, as most do. */
  async known() {
    const units = unitsOf(10_000);
    const turns = prepared.isSlow ? 1 : 20;
    const pass = () => {
      for (let turn = 0; turn < turns; turn++)
        for (const unit of units) sink += prepared.one(key, unit).length;
    };
    const waiting = async () => {
      for (let turn = 0; turn < turns; turn++)
        for (const unit of units) sink += (await prepared.one(key, unit)).length;
    };
    return measured(prepared.isAsync ? waiting : pass, turns * units.length);
  },
  /** Units that nobody has seen: each is exposed. What is written behind is awaited between passes, and not counted. */
  async fresh() {
    const figures = [];
    for (let turn = 0; turn < 12; turn++) {
      const units = unitsOf(10_000, turn * 10_000);
      const start = process.hrtime.bigint();
      for (const unit of units) sink += prepared.one(key, unit).length;
      figures.push(Number(process.hrtime.bigint() - start) / units.length);
      await prepared.settle();
    }
    return { nanoseconds: figures.slice(3).sort((a, b) => a - b)[4] };
  },
  /** All experiments for one unit at once. */
  async all() {
    const units = unitsOf(prepared.isSlow ? 100 : 1_000);
    const pass = () => {
      for (const unit of units) sink += prepared.all(unit).length;
    };
    const waiting = async () => {
      for (const unit of units) sink += (await prepared.all(unit)).length;
    };
    return measured(prepared.isAsync ? waiting : pass, units.length * experiments);
  },
  /** Units whose slot has changed hands, found in no memory: each needs the database. */
  async moved() {
    const waits = [];
    for (const unit of unitsOf(5_000)) {
      const start = process.hrtime.bigint();
      await prepared.assign(key, unit, { peek: true });
      waits.push(Number(process.hrtime.bigint() - start));
    }
    const sorted = waits.slice(500).sort((a, b) => a - b);
    const at = (share) => sorted[Math.floor(sorted.length * share)];
    return { nanoseconds: at(0.5), p99: at(0.99), burst: await burst() };
  },
};

/** After every unit has been met, and what that causes is written. */
async function measured(pass, evaluations) {
  for (let turn = 0; turn < 2; turn++) {
    await pass();
    await prepared.settle();
  }
  return { nanoseconds: await timed(pass, evaluations) };
}

/** A thousand such units at the same time, in nanoseconds for the slowest. */
async function burst() {
  const start = process.hrtime.bigint();
  const units = unitsOf(1_000, 1_000_000);
  await Promise.all(units.map((unit) => prepared.assign(key, unit, { peek: true })));
  return Number(process.hrtime.bigint() - start);
}

const figures = await modes[mode]();
process.stdout.write(JSON.stringify({ ...figures, share: await share() }));
await prepared.close();
process.exit(sink < 0 ? 1 : 0);

/** Of 20,000 other units, the share that is served the first variant: both sides must split alike. */
async function share() {
  if (mode === 'moved') return null;
  const units = unitsOf(20_000, 50_000_000);
  let first = 0;
  for (const unit of units) if ((await prepared.one(key, unit)) === 'v0') first += 1;
  return first / units.length;
}
