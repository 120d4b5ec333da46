import { bodyOf } from '../../../src/dashboard/web/act/wizard/draft-body.js';
import { emptyForm } from '../../../src/dashboard/web/act/wizard/draft-form.js';
import { standingFaults, togetherFaults } from '../../../src/dashboard/web/act/wizard/known-faults.js';
import { stateOf, steps } from '../../../src/dashboard/web/act/wizard/steps.js';
import { formWith } from './draft-fixtures.js';

const fault = (pointer: string, message = 'is wrong') => ({ pointer, message });

describe('what the page and the server find wrong with a draft', () => {
  it('is shown together', () => {
    const found = togetherFaults([fault('/coverage')], [fault('/plan/maximumDays')]);
    expect(found).toEqual([fault('/coverage'), fault('/plan/maximumDays')]);
  });

  it.each([
    ['/key', '/key'],
    ['/guardrails/0/above', '/guardrails/0'],
    ['/variants/1/key', '/control'],
    ['', ''],
  ])('is said once: %j has no need of %j', (own, served) => {
    expect(togetherFaults([fault(own)], [fault(served)])).toEqual([fault(own)]);
  });

  it.each([
    ['/variants/0/config', '/variants/0/config/topP'],
    ['/variants/0/weight', '/variants'],
    ['/key', '/control'],
    ['/coverage', ''],
  ])('is said twice where both may be so: %j and %j', (own, served) => {
    expect(togetherFaults([fault(own)], [fault(served)])).toHaveLength(2);
  });

  it('is not told of what is only missing yet, before that is to be told', () => {
    const untouched = bodyOf(emptyForm).faults;
    const served = [fault('/key'), fault('/metrics/primary'), fault('/coverage')];
    expect(togetherFaults([], served, untouched)).toEqual([fault('/coverage')]);
  });

  it('makes a part of the draft faulty whose JSON is broken, before the server is asked', () => {
    const form = formWith({ '/allocation/mode': 'bandit', '/allocation/others': '{"segments":' });
    const allocation = steps.find(({ id }) => id === 'allocation')!;
    expect(stateOf(allocation, form, bodyOf(form).unreadable)).toBe('faulty');
  });
});

describe('a fault that the server named', () => {
  const then = { key: 'a b', variants: [{ config: { topP: 3 } }], layer: { percent: 5 } };
  const faults = [fault('/key'), fault('/variants/0/config/topP'), fault('/startsAt')];

  it('stands as long as its value is the same', () => {
    expect(standingFaults(faults, then, { ...then, layer: { percent: 6 } })).toEqual(faults);
  });

  it('goes once its value is another, however that may be', () => {
    const now = { key: 'a', variants: [], startsAt: '2026-12-01T09:00:00.000Z' };
    expect(standingFaults(faults, then, now)).toEqual([]);
  });

  it('stands where the field is missing then and now', () => {
    expect(standingFaults(faults, then, { key: 'ab' })).toEqual([fault('/startsAt')]);
  });
});
