import { logNormal, seededRandom } from '../../../src/llm/simulated/seeded-random.js';

function draws(seed: string, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
}

it('is decided by the seed alone', () => {
  expect(draws('a', 50)).toEqual(draws('a', 50));
  expect(draws('a', 50)).not.toEqual(draws('b', 50));
});

it('lies in [0, 1) and fills ten bins evenly', () => {
  const bins = new Array<number>(10).fill(0);
  for (const draw of draws('even', 20_000)) {
    expect(draw >= 0 && draw < 1).toBe(true);
    const bin = Math.floor(draw * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  // 99.9th percentile of chi-square with 9 degrees of freedom.
  expect(chiSquare).toBeLessThan(27.88);
});

it('is even over first draws of neighbouring seeds too', () => {
  const first = Array.from({ length: 5000 }, (_value, number) => seededRandom(`unit ${number}`)());
  const mean = first.reduce((sum, draw) => sum + draw, 0) / first.length;
  // Standard error of the mean of 5000 uniform draws: 0.0041; four of them.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.0165);
});

it('draws log-normal values around the median with that spread', () => {
  const random = seededRandom('waits');
  const logs = Array.from({ length: 20_000 }, () => Math.log(logNormal(350, 0.3, random)));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1);
  // Four standard errors: 4 x 0.3 / sqrt(20000) and 4 x 0.3 / sqrt(40000).
  expect(Math.abs(mean - Math.log(350))).toBeLessThan(0.0085);
  expect(Math.abs(Math.sqrt(variance) - 0.3)).toBeLessThan(0.006);
});
