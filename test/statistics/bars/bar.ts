import { Draws } from './draws.js';
import { demanded, holds, isDemanded, measured, type Reading } from './figure.js';
import { Progress } from './progress.js';

/** Far beyond what any bar takes. */
const patience = 3_600_000;

/** What a bar's simulation is given. */
export interface Run {
  /** Goes through this many replications (or the share of them that SIMULATION_SHARE says). */
  times(replications: number): Iterable<Draws>;
}

const portion = positiveSetting('SIMULATION_SHARE');
const seed = positiveSetting('SIMULATION_SEED');

/**
 * A test that simulates, prints each figure beside its bar, and fails when one does not hold.
 *
 * SIMULATION_SHARE=0.02 takes a fiftieth of the replications, with tolerances to match; SIMULATION_SEED draws others.
 *
 * @example bar('3', 'small samples', (run) => [{ name: 'Welch', figure: share(hits, n), atLeast: 0.945 }]);
 */
export function bar(number: string, scenario: string, simulate: (run: Run) => readonly Reading[]): void {
  const title = `bar ${number}: ${scenario}`;
  it(
    title,
    () => {
      const progress = new Progress(title);
      const readings = simulate(runOf(title, progress));
      progress.end(table(title, readings, progress.seconds()));
      const missed = readings.filter((reading) => !holds(reading));
      expect(missed.map(lineOf)).toEqual([]);
    },
    patience,
  );
}

function runOf(title: string, progress: Progress): Run {
  let loop = 0;
  return {
    *times(replications) {
      const count = Math.max(10, Math.round(replications * portion));
      loop += 1;
      const draws = new Draws(hash(`${title} ${loop} ${seed}`));
      for (let done = 0; done < count; done += 1) {
        progress.at(done, count);
        yield draws;
      }
    },
  };
}

function table(title: string, readings: readonly Reading[], seconds: number): string {
  const part = portion === 1 ? '' : `, with ${portion} of the replications (SIMULATION_SHARE)`;
  return [`${title}, ${seconds.toFixed(1)} s${part}`, ...readings.map(lineOf)].join('\n');
}

function lineOf(reading: Reading): string {
  const mark = isDemanded(reading) ? (holds(reading) ? '✓' : '✗') : ' ';
  const replications = reading.figure.replications.toLocaleString('en').replaceAll(',', ' ');
  return [
    `  ${mark} ${reading.name.padEnd(68)}`,
    measured(reading).padStart(9),
    `bar ${demanded(reading)}`.padEnd(30),
    `${replications.padStart(7)} times`,
  ].join(' | ');
}

function positiveSetting(name: string): number {
  const value = Number(process.env[name] ?? 1);
  if (!(value > 0)) throw new Error(`${name} was "${process.env[name] ?? ''}"; set it to a number above 0.`);
  return value;
}

/** Source: Fowler, Noll, Vo 1991 (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value;
}
