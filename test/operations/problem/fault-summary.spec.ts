import { faultSummary } from '../../../src/operations/problem/fault-summary.js';

describe('the summary of faults', () => {
  it('is the first, with its place, and the number of the others', () => {
    const coverage = { pointer: '/coverage', message: 'only rises' };
    expect(faultSummary([coverage])).toBe('/coverage only rises');
    expect(faultSummary([coverage, coverage, coverage])).toBe('/coverage only rises and 2 more');
    expect(faultSummary([{ pointer: '', message: 'is no object' }])).toBe('is no object');
  });
});
