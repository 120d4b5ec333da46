import {
  adaptiveDifference,
  adaptiveMean,
  type AdaptiveEpoch,
} from '../../src/statistics/adaptive-estimate.js';

/** 0/1 values of `units` units, a share of which is 1. */
const side = (units: number, rate: number) => ({
  units,
  sum: units * rate,
  squares: units * rate * (1 - rate),
});

const epoch = (
  stratum: string,
  chance: number,
  units: number,
  rates: readonly [number, number],
): AdaptiveEpoch => ({
  stratum,
  propensities: [1 - chance, chance],
  variants: [side(units * (1 - chance), rates[0]), side(units * chance, rates[1])],
});

const german = epoch('de', 0.9, 7_000, [0.1, 0.16]);
const english = epoch('en', 0.1, 3_000, [0.35, 0.28]);

function ok<Found extends { status: string }>(found: Found) {
  if (found.status !== 'ok') throw new Error(JSON.stringify(found));
  return found as Extract<Found, { status: 'ok' }>;
}

describe('an estimate over strata', () => {
  it('is each stratum’s own, weighed by its share of all units', () => {
    const both = ok(adaptiveDifference([german, english], 0, 1, { centring: 'epoch' }));
    // By hand: 0.7 × 0.06 + 0.3 × (−0.07).
    expect(both.value).toBeCloseTo(0.7 * 0.06 - 0.3 * 0.07, 10);
    const apart = [german, english].map((own) => ok(adaptiveDifference([own], 0, 1, { centring: 'epoch' })));
    const within = 0.49 * (apart[0]?.standardError ?? 0) ** 2 + 0.09 * (apart[1]?.standardError ?? 0) ** 2;
    const between = (0.7 * (0.06 - both.value) ** 2 + 0.3 * (-0.07 - both.value) ** 2) / 10_000;
    expect(both.standardError).toBeCloseTo(Math.sqrt(within + between), 10);
    expect(both.effectiveUnits).toBeLessThan(10_000);
  });

  it('gives a variant the mean of all units, not of those that it was mostly given', () => {
    const treatment = ok(adaptiveMean([german, english], 1, { centring: 'epoch' }));
    expect(treatment.value).toBeCloseTo(0.7 * 0.16 + 0.3 * 0.28, 10);
    const pooled = [german, english].map(({ stratum: _stratum, ...rest }) => rest);
    // Without strata the German leaf, which had it more, counts for more.
    expect(ok(adaptiveMean(pooled, 1, { centring: 'epoch' })).value).toBeLessThan(treatment.value - 0.01);
  });

  it('counts a stratum with hardly any units of a variant with the largest', () => {
    const tiny = epoch('it', 0.5, 10, [0.2, 0.2]);
    const pooled = ok(adaptiveDifference([german, english, tiny], 0, 1, { centring: 'epoch' }));
    const merged = ok(
      adaptiveDifference([german, { ...tiny, stratum: 'de' }, english], 0, 1, { centring: 'epoch' }),
    );
    expect(pooled).toEqual(merged);
  });

  it('counts one in which nothing varies with the largest, and says so where nothing varies at all', () => {
    const silent = epoch('it', 0.5, 400, [0, 0]);
    expect(ok(adaptiveDifference([german, silent], 0, 1, { centring: 'epoch' })).status).toBe('ok');
    expect(
      adaptiveDifference([silent, { ...silent, stratum: 'fr' }], 0, 1, { centring: 'epoch' }).status,
    ).toBe('insufficient');
  });

  it('is what it always was with a single stratum', () => {
    const { stratum: _stratum, ...plain } = german;
    expect(adaptiveDifference([german], 0, 1)).toEqual(adaptiveDifference([plain], 0, 1));
  });
});
