import fc from 'fast-check';
import { compileRule } from '../../src/targeting/compile-rule.js';
import { explainRule } from '../../src/targeting/explain-rule.js';
import { ruleFaults } from '../../src/targeting/rule-faults.js';
import { targetingRule } from '../../src/targeting/targeting.schema.js';
import type { TargetingOperator, TargetingRule } from '../../src/targeting/targeting-rule.js';

const holds = (operator: TargetingOperator, value: unknown, actual: unknown) =>
  compileRule({ attribute: 'a', operator, value })(actual === undefined ? {} : { a: actual });

describe('a condition', () => {
  const cases: [TargetingOperator, unknown, unknown[], unknown[]][] = [
    ['equals', 'pro', ['pro'], ['Pro', 1, true]],
    ['equals', 1, [1], ['1', true]],
    ['in', ['de', 'fr', 3], ['de', 3], ['en', '3']],
    ['contains', 'example', ['an example'], ['exam', 7]],
    ['contains', 'beta', [['alpha', 'beta']], [['alphabeta']]],
    ['starts-with', 'de', ['de-CH'], ['fr-de', 4]],
    ['ends-with', '.com', ['example.com'], ['example.org']],
    ['matches', '^[a-z]+@example\\.com$', ['ada@example.com'], ['ada@example.com.evil', 5]],
    ['less', 5, [4.9, -1], [5, '4']],
    ['at-most', 5, [5], [5.1, NaN]],
    ['greater', 5, [6], [5]],
    ['at-least', 5, [5], [4]],
    ['before', '2026-03-01', ['2026-02-28T23:59:59Z', new Date(0)], ['2026-03-01', 'soon', 0]],
    [
      'after',
      '2026-03-01T12:00:00+01:00',
      ['2026-03-01T11:00:01Z'],
      ['2026-03-01T11:00:00Z', '2026-03-02T00:00'],
    ],
    ['semver', '>=1.2.0 <2', ['1.5.0', 'v1.2'], ['2.0.0', 'new', 1]],
    ['exists', true, ['', 0, false], []],
    ['exists', false, [], ['', 0, false]],
  ];
  it.each(cases)('%s %j holds for %j and not for %j', (operator, value, yes, no) => {
    for (const actual of yes) expect([actual, holds(operator, value, actual)]).toEqual([actual, true]);
    for (const actual of no) expect([actual, holds(operator, value, actual)]).toEqual([actual, false]);
    const ifMissing = operator === 'exists' && value === false;
    for (const actual of [undefined, null]) expect(holds(operator, value, actual)).toBe(ifMissing);
  });

  it('sees no attribute that every object has', () => {
    expect(compileRule({ attribute: 'constructor', operator: 'exists', value: true })({})).toBe(false);
  });

  it('that cannot be read is met by nobody', () => {
    expect(holds('matches', '(', '(')).toBe(false);
    expect(holds('semver', 'new', '1.0.0')).toBe(false);
  });
});

const leaf = fc.record({
  attribute: fc.constantFrom('a', 'b'),
  operator: fc.constant<TargetingOperator>('equals'),
  value: fc.integer({ min: 0, max: 1 }),
});
const anyRule = fc.letrec<{ rule: TargetingRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
})).rule;
const anyone = fc.record({ a: fc.integer({ min: 0, max: 1 }), b: fc.integer({ min: 0, max: 1 }) });

describe('a rule', () => {
  it('combines its parts as logic does', () => {
    const truth = (rule: TargetingRule, unit: Record<string, unknown>): boolean => {
      if ('all' in rule) return !rule.all.some((part) => !truth(part, unit));
      if ('any' in rule) return !rule.any.every((part) => !truth(part, unit));
      if ('not' in rule) return !truth(rule.not, unit);
      return unit[rule.attribute] === rule.value;
    };
    fc.assert(
      fc.property(anyRule, anyone, (rule, unit) => expect(compileRule(rule)(unit)).toBe(truth(rule, unit))),
    );
  });

  it('is explained by a condition exactly if it does not hold, and would hold if all of these were the other way', () => {
    const flipped = (rule: TargetingRule, at: Set<string>, pointer = ''): TargetingRule => {
      const each = (parts: readonly TargetingRule[], name: string) =>
        parts.map((part, index) => flipped(part, at, `${pointer}/${name}/${index}`));
      if ('all' in rule) return { all: each(rule.all, 'all') };
      if ('any' in rule) return { any: each(rule.any, 'any') };
      if ('not' in rule) return { not: flipped(rule.not, at, `${pointer}/not`) };
      return at.has(pointer) ? { not: rule } : rule;
    };
    fc.assert(
      fc.property(anyRule, anyone, (rule, unit) => {
        const reasons = explainRule(rule, unit);
        expect(reasons.length === 0).toBe(compileRule(rule)(unit));
        const mended = flipped(rule, new Set(reasons.map(({ pointer }) => pointer)));
        expect(compileRule(mended)(unit)).toBe(true);
      }),
    );
  });

  it('names what is wrong in it, and where', () => {
    const rule: TargetingRule = {
      all: [
        { attribute: 'app', operator: 'semver', value: 'new' },
        { not: { attribute: 'since', operator: 'before', value: '2026-02-30' } },
        { any: [{ attribute: 'mail', operator: 'matches', value: '(a' }] },
        { attribute: 'age', operator: 'less', value: '18' },
      ],
    };
    expect(ruleFaults(rule, '/targeting').map(({ pointer }) => pointer)).toEqual([
      '/targeting/all/0/value',
      '/targeting/all/1/not/value',
      '/targeting/all/2/any/0/value',
      '/targeting/all/3/value',
    ]);
    expect(ruleFaults(rule, '')[2]?.message).toContain('has a "(" without ")"');
  });

  it('may be neither too deep nor too long', () => {
    const one: TargetingRule = { attribute: 'a', operator: 'exists', value: true };
    const nested = (times: number): TargetingRule => (times === 0 ? one : { not: nested(times - 1) });
    expect(ruleFaults(nested(7), '')).toEqual([]);
    expect(ruleFaults(nested(8), '')[0]?.message).toContain('deeper than 8 levels');
    const many = Array.from({ length: 67 }, () => one);
    const long: TargetingRule = { all: [{ all: many }, { all: many }, { all: many }] };
    expect(ruleFaults(long, '')[0]?.message).toContain('201 conditions');
  });

  it('may have patterns of 500 steps in all', () => {
    // "a{249}" reads 249 characters, and then has been found: 250 steps, of which two make 500.
    const longest = { attribute: 'a', operator: 'matches', value: 'a{249}' } as const;
    expect(ruleFaults({ any: [longest, longest] }, '/targeting')).toEqual([]);
    const [fault, ...others] = ruleFaults({ any: [longest, { ...longest, value: 'a{250}' }] }, '/targeting');
    expect(fault?.pointer).toBe('/targeting');
    expect(fault?.message).toContain('patterns of 501 steps in all; at most 500');
    expect(others).toEqual([]);
  });

  it('is read from JSON, each fault at its place', () => {
    const place = (rule: unknown) =>
      targetingRule.safeParse(rule).error?.issues.map(({ path }) => path.join('/'));
    expect(place({ all: [{ attribute: 'a', operator: 'equals', value: 1 }] })).toBeUndefined();
    expect(place({ all: [{ attribute: 'a', operator: 'is', value: 1 }] })).toEqual(['all/0/operator']);
    expect(place({ any: [] })).toEqual(['any']);
    expect(place({ not: { attribute: 'a', operator: 'equals' } })).toEqual(['not']);
    expect(place({ all: [{ attribute: 'a', operator: 'equals', value: 1 }], not: {} })).toEqual(['not', '']);
    expect(place({ attribute: 'a', operator: 'equals', value: 1, unless: 2 })).toEqual(['']);
    expect(place({ not: { attribute: '__proto__', operator: 'exists', value: true } })).toEqual([
      'not/attribute',
    ]);
    expect(place({ attribute: 'constructor', operator: 'exists', value: true })).toEqual(['attribute']);
  });
});
