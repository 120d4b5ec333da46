import { saltSeed, slotOf, type SlotPurpose } from '../../src/bucketing/slot.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';

const share = Number(process.env['SIMULATION_SHARE'] ?? 1);
const units = Math.max(20_000, Math.round(1_000_000 * share));
const pairs = 200;
const hashed = Array.from({ length: units }, (_, number) => hashUnit(`user-${number}`));

/** The standard deviation of r between independent draws is 1 / √units. A million units: the bar is five of them. */
const worstCorrelation = Math.max(0.005, 5 / Math.sqrt(units));

function draws(salt: string, purpose: SlotPurpose): Uint16Array {
  const seed = saltSeed(salt, purpose);
  const slots = new Uint16Array(units);
  for (let unit = 0; unit < units; unit++) slots[unit] = slotOf(hashed[unit]!, seed);
  return slots;
}

/** Pearson's r between two draws, and the score of χ² over 10 × 10 equal cells: (χ² − 99) / √198. */
function compare(first: Uint16Array, second: Uint16Array): { r: number; score: number } {
  const cells = new Float64Array(100);
  let products = 0;
  for (let unit = 0; unit < units; unit++) {
    const x = first[unit]!;
    const y = second[unit]!;
    products += (x - 4_999.5) * (y - 4_999.5);
    cells[((x / 1_000) | 0) * 10 + ((y / 1_000) | 0)]! += 1;
  }
  const expected = units / 100;
  const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // Slots are uniform, so their variance is known: (10,000² − 1) / 12.
  return { r: products / units / ((10_000 ** 2 - 1) / 12), score: (chiSquare - 99) / Math.sqrt(198) };
}

function worstOf(compared: readonly { r: number; score: number }[]) {
  return {
    r: Math.max(...compared.map(({ r }) => Math.abs(r))),
    score: Math.max(...compared.map(({ score }) => Math.abs(score))),
  };
}

function report(what: string, { r, score }: { r: number; score: number }): void {
  process.stdout.write(`${what}: worst |r| ${r.toFixed(5)}, worst joint score ${score.toFixed(2)}\n`);
}

describe(`the draws of ${pairs} pairs of similar experiments over ${units} sequential ids`, () => {
  it('are independent of each other', () => {
    const compared = [];
    let previous = draws('exp-000000', 'slot');
    for (let pair = 1; pair <= pairs; pair++) {
      const next = draws(`exp-${String(pair).padStart(6, '0')}`, 'slot');
      compared.push(compare(previous, next));
      previous = next;
    }
    const worst = worstOf(compared);
    report('experiments of neighbouring names', worst);
    expect(worst.r).toBeLessThan(worstCorrelation);
    expect(worst.score).toBeLessThan(5);
  });

  it('are independent between the purposes of one experiment', () => {
    const compared = [];
    for (let number = 0; number < 20; number++) {
      const salt = `exp-${String(number).padStart(6, '0')}`;
      const [slot, coverage, holdback] = [
        draws(salt, 'slot'),
        draws(salt, 'coverage'),
        draws(salt, 'holdback'),
      ];
      compared.push(compare(slot, coverage), compare(slot, holdback), compare(coverage, holdback));
    }
    const worst = worstOf(compared);
    report('purposes of one experiment', worst);
    expect(worst.r).toBeLessThan(worstCorrelation);
    expect(worst.score).toBeLessThan(5);
  });

  it('would be caught if the unit had one hash that salts are XORed into', () => {
    const tied = (seed: number) =>
      Uint16Array.from(hashed, ({ first }) => (((first ^ seed) >>> 0) * 10_000) / 2 ** 32);
    const { r, score } = compare(tied(0x1234), tied(0x8000_1234));
    expect(Math.abs(r)).toBeGreaterThan(0.4);
    expect(score).toBeGreaterThan(5);
  });
});
