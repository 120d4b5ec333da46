import fc from 'fast-check';
import { sequentialInflation, singleLookDrift } from '../../../src/analysis/planning/sequential-inflation.js';
import { normalDensity, normalUpperTail } from '../../../src/statistics/distributions.js';
import { groupSequentialBounds } from '../../../src/statistics/group-sequential.js';
import { normalDraws } from '../../statistics/normal-draws.js';

const plain = { alpha: 0.05, power: 0.8, looks: 14 };
const planned = { ...plain, sequential: 'planned' } as const;
const open = { ...plain, sequential: 'open' } as const;

function boundsOf(looks: number, alpha = 0.05): readonly number[] {
  const informationFractions = Array.from({ length: looks }, (_, look) => (look + 1) / looks);
  return groupSequentialBounds({
    informationFractions,
    alpha,
    sides: 2,
    spending: { kind: 'obrien-fleming' },
  }).criticalValues;
}

describe('what repeated looks cost', () => {
  it('is nothing for a single look, however it is named', () => {
    expect(sequentialInflation({ ...plain, sequential: 'none' })).toBe(1);
    expect(sequentialInflation({ ...planned, looks: 1 })).toBeCloseTo(1, 8);
  });

  it('gives two planned looks the power asked for, by quadrature over the first of them', () => {
    const [first = 0, second = 0] = boundsOf(2);
    const drift = singleLookDrift(0.05, 0.8) * Math.sqrt(sequentialInflation({ ...planned, looks: 2 }));
    // P(|Z₁| ≤ c₁, |Z₂| ≤ c₂) with Z₁ ~ N(θ √½, 1) and Z₂ = √½ Z₁ + √½ N(θ √½, 1): the trapezoid rule in Z₁.
    const half = Math.SQRT1_2;
    const steps = 20_000;
    let missed = 0;
    for (let step = 0; step <= steps; step += 1) {
      const z = -first + (2 * first * step) / steps;
      const weight = ((step === 0 || step === steps ? 0.5 : 1) * 2 * first) / steps;
      const rest = (bound: number) => normalUpperTail((bound - half * z) / half - drift * half);
      missed += weight * normalDensity(z - drift * half) * (rest(-second) - rest(second));
    }
    expect(1 - missed).toBeCloseTo(0.8, 7);
  });

  it('gives fourteen planned looks the power asked for, in simulated experiments', () => {
    const bounds = boundsOf(14);
    const drift = singleLookDrift(0.05, 0.8) * Math.sqrt(sequentialInflation(planned));
    const draw = normalDraws(11);
    const runs = 40_000;
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      let score = 0;
      let crossed = false;
      for (let look = 1; look <= 14; look += 1) {
        score += drift / 14 + draw() / Math.sqrt(14);
        if (Math.abs(score) / Math.sqrt(look / 14) > (bounds[look - 1] ?? Infinity)) crossed = true;
      }
      if (crossed) found += 1;
    }
    // Four standard errors of a share of 0.8 in 40,000 runs are 0.008; without the inflation it would be 0.78.
    expect(Math.abs(found / runs - 0.8)).toBeLessThan(0.008);
  });

  it('is the squared ratio of thresholds for a confidence sequence', () => {
    // √((1 + 1/c)(ln(1 + c) + 2 ln 20)) = 3.0361 at c = 7.936, the tuning at alpha 0.05:
    // ((3.0361 + 0.8416) / (1.9600 + 0.8416))² = 1.9158; both sides counted, 1.9149.
    expect(sequentialInflation(open)).toBeCloseTo(1.915, 2);
  });

  it('rises with the number of planned looks, and stays below what looking at any time costs', () => {
    const factors = [1, 2, 5, 14, 30].map((looks) => sequentialInflation({ ...planned, looks }));
    expect([...factors].sort((one, other) => one - other)).toEqual(factors);
    expect(factors.at(-1)).toBeLessThan(sequentialInflation(open));
  });

  it('never makes more power or a smaller alpha cheaper', () => {
    const level = fc.double({ min: 0.0005, max: 0.2, noNaN: true });
    const power = fc.double({ min: 0.5, max: 0.99, noNaN: true });
    const sequential = fc.constantFrom('planned' as const, 'open' as const, 'none' as const);
    const information = (design: { alpha: number; power: number; sequential: 'planned' | 'open' | 'none' }) =>
      singleLookDrift(design.alpha, design.power) ** 2 * sequentialInflation({ ...design, looks: 4 });
    fc.assert(
      fc.property(level, level, power, power, sequential, (alpha, otherAlpha, low, high, kind) => {
        const strict = { alpha: Math.min(alpha, otherAlpha), power: Math.max(low, high), sequential: kind };
        const lax = { alpha: Math.max(alpha, otherAlpha), power: Math.min(low, high), sequential: kind };
        expect(information(strict)).toBeGreaterThanOrEqual(information(lax) * (1 - 1e-9));
      }),
      { numRuns: 25 },
    );
  });
});
