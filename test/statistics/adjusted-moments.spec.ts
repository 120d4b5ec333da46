import { adjustedFromMoments, type CovariateMoments } from '../../src/statistics/adjusted-moments.js';
import { adjustedDifference } from '../../src/statistics/covariate-adjustment.js';
import { compareEstimates } from '../../src/statistics/difference.js';
import { normalDraws } from './normal-draws.js';

interface Row {
  readonly sum: number;
  readonly events: number;
  readonly covariate: number | null;
}

/** Moments by their definition. */
function momentsOf(rows: readonly Row[], filled: readonly Row[] = rows): CovariateMoments {
  const total = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  const units = rows.length;
  const known = filled.filter((row) => row.covariate !== null);
  const centre = known.reduce((sum, row) => sum + (row.covariate ?? 0), 0) / Math.max(1, known.length);
  const xOf = (row: Row) => row.covariate ?? centre;
  const mOf = (row: Row) => (row.covariate === null ? 1 : 0);
  const [s, n, x, m] = [total((row) => row.sum), total((row) => row.events), total(xOf), total(mOf)].map(
    (sum) => sum / units,
  ) as [number, number, number, number];
  return {
    units,
    sum: s * units,
    events: n * units,
    covariateMean: x,
    sumSquares: total((row) => (row.sum - s) ** 2),
    eventSquares: total((row) => (row.events - n) ** 2),
    crossProducts: total((row) => (row.sum - s) * (row.events - n)),
    covariateSquares: total((row) => (xOf(row) - x) ** 2),
    covariateSums: total((row) => (xOf(row) - x) * (row.sum - s)),
    covariateEvents: total((row) => (xOf(row) - x) * (row.events - n)),
    unknownShare: m,
    unknownSquares: total((row) => (mOf(row) - m) ** 2),
    unknownCovariate: total((row) => (mOf(row) - m) * (xOf(row) - x)),
    unknownSums: total((row) => (mOf(row) - m) * (row.sum - s)),
    unknownEvents: total((row) => (mOf(row) - m) * (row.events - n)),
  };
}

/** Units with a covariate that explains half of the variance of their value, shifted by `effect`. */
function unitsOf(count: number, effect: number, draw: () => number): Row[] {
  return Array.from({ length: count }, () => {
    const covariate = draw();
    return { sum: effect + Math.SQRT1_2 * (covariate + draw()), events: 1, covariate };
  });
}

const values = (rows: readonly Row[]) =>
  rows.map(({ sum, covariate }) => ({ value: sum, covariates: [covariate] }));

describe('the difference with a covariate taken out, from totals', () => {
  const draw = normalDraws(7);
  const [control, treatment] = [unitsOf(2_000, 3, draw), unitsOf(2_200, 3.1, draw)];
  const found = adjustedFromMoments(momentsOf(control), momentsOf(treatment), 0.05);
  if (found.status !== 'ok') throw new Error(found.reason);

  it('is that of the regression over unit rows', () => {
    const regression = adjustedDifference(values(control), values(treatment), { alpha: 0.05 });
    if (regression.status !== 'ok') throw new Error(regression.reason);
    expect(found.difference).toBeCloseTo(regression.difference, 10);
    expect(found.degreesOfFreedom).toBe(regression.degreesOfFreedom);
    expect(found.standardError / regression.standardError).toBeCloseTo(1, 2);
  });

  it('gives units of which nothing is known a mean of their own, as the regression does', () => {
    // Those of whom nothing is known are one lower.
    const hide = (rows: readonly Row[]) =>
      rows.map((row, place) => (place % 3 === 0 ? { ...row, sum: row.sum - 1, covariate: null } : row));
    const [a, b] = [hide(control), hide(treatment)];
    const hidden = adjustedFromMoments(momentsOf(a, [...a, ...b]), momentsOf(b, [...a, ...b]), 0.05);
    const regression = adjustedDifference(values(a), values(b), { alpha: 0.05 });
    if (hidden.status !== 'ok' || regression.status !== 'ok') throw new Error('a difference was expected');
    expect(hidden.difference).toBeCloseTo(regression.difference, 10);
    expect(hidden.degreesOfFreedom).toBe(regression.degreesOfFreedom);
    expect(hidden.standardError / regression.standardError).toBeCloseTo(1, 2);
  });

  it('has half the variance where the covariate explains half', () => {
    const plain = compareEstimates(...([control, treatment].map(plainMean) as [never, never]), 0.05);
    if (plain.status !== 'ok') throw new Error(plain.reason);
    expect((found.standardError / plain.standardError) ** 2).toBeCloseTo(0.5, 1);
  });

  it('takes a mean over events for what it is: every event counts alike', () => {
    const twice = (rows: readonly Row[]) => rows.map((row) => ({ ...row, sum: 2 * row.sum, events: 2 }));
    const again = adjustedFromMoments(momentsOf(twice(control)), momentsOf(twice(treatment)), 0.05);
    expect(again.status === 'ok' && again.difference).toBeCloseTo(found.difference, 10);
    expect(again.status === 'ok' && again.standardError).toBeCloseTo(found.standardError, 10);
  });

  it('is the plain difference where the covariate is the same for everyone', () => {
    const flat = (rows: readonly Row[]) => momentsOf(rows.map((row) => ({ ...row, covariate: 4 })));
    const plain = adjustedFromMoments(flat(control), flat(treatment), 0.05);
    const mean = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + row.sum, 0) / rows.length;
    expect(plain.status === 'ok' && plain.difference).toBeCloseTo(mean(treatment) - mean(control), 10);
  });

  it('says why there is none: too few units, no event, nothing left to explain', () => {
    const few = momentsOf(control.slice(0, 2));
    expect(adjustedFromMoments(few, momentsOf(treatment), 0.05)).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('2 and 2200 units'),
    });
    const silent = momentsOf(control.map((row) => ({ ...row, sum: 0, events: 0 })));
    expect(adjustedFromMoments(silent, momentsOf(treatment), 0.05).status).toBe('insufficient');
    const exact = (shift: number) =>
      momentsOf(control.map((row) => ({ ...row, sum: 2 * (row.covariate ?? 0) + shift })));
    expect(adjustedFromMoments(exact(0), exact(1), 0.05).status).toBe('no-variance');
  });
});

function plainMean(rows: readonly Row[]) {
  const mean = rows.reduce((sum, row) => sum + row.sum, 0) / rows.length;
  const squares = rows.reduce((sum, row) => sum + (row.sum - mean) ** 2, 0);
  return {
    status: 'ok',
    value: mean,
    variance: squares / (rows.length - 1) / rows.length,
    units: rows.length,
  };
}
