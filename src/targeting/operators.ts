import { readInstant } from './instant.js';
import { compilePattern, patternFault } from './pattern/pattern.js';
import type { TargetingOperator } from './targeting-rule.js';
import { isInRange, readVersionRange } from './version-range.js';
import { readVersion } from './version.js';

/** Whether an attribute's value, which is neither missing nor null, meets a condition. */
export type ValueTest = (actual: unknown) => boolean;

/** What an operator may be given, and what it then asks of an attribute. */
export interface Operator {
  /** What is wrong with a condition's value, in words that follow it; null if nothing is. */
  readonly fault: (value: unknown) => string | null;
  /** The test for a value without a fault. */
  readonly test: (value: never) => ValueTest;
}

const longestText = 1_024;
const longestPattern = 256;
const longestSet = 1_000;

/** Every operator. Values are compared as they are: the text "18" is no number, and less than nothing. */
export const operators: Readonly<Record<TargetingOperator, Operator>> = {
  equals: {
    fault: (value) => (isScalar(value) ? null : 'give a text, a number, true or false'),
    test: (value: unknown) => (actual) => actual === value,
  },
  in: { fault: setFault, test: (value: readonly unknown[]) => memberTest(new Set(value)) },
  contains: {
    fault: (value) => (isScalar(value) ? null : 'give a text that is looked for, or a member of a list'),
    test: (value: unknown) => (actual) =>
      Array.isArray(actual)
        ? actual.includes(value)
        : typeof actual === 'string' && typeof value === 'string' && actual.includes(value),
  },
  'starts-with': ofText((actual, value) => actual.startsWith(value)),
  'ends-with': ofText((actual, value) => actual.endsWith(value)),
  matches: { fault: patternValueFault, test: (value: string) => textTest(compilePattern(value)) },
  less: ofNumber((actual, value) => actual < value),
  'at-most': ofNumber((actual, value) => actual <= value),
  greater: ofNumber((actual, value) => actual > value),
  'at-least': ofNumber((actual, value) => actual >= value),
  before: ofInstant((actual, value) => actual < value),
  after: ofInstant((actual, value) => actual > value),
  semver: {
    fault: (value) =>
      isText(value) && readVersionRange(value) !== null
        ? null
        : 'give a range of versions, such as ">=1.2.0 <2", "^1.4" or "1.2 || >=3"',
    test: (value: string) => versionTest(value),
  },
  // Whoever asks has looked already whether there is a value.
  exists: {
    fault: (value) => (typeof value === 'boolean' ? null : 'give true or false'),
    test: (value: boolean) => () => value,
  },
};

function isScalar(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || isText(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function setFault(value: unknown): string | null {
  const isSet =
    Array.isArray(value) && value.length > 0 && value.length <= longestSet && value.every(isScalar);
  return isSet ? null : `give a list of 1 to ${longestSet} texts, numbers, true or false`;
}

function memberTest(members: ReadonlySet<unknown>): ValueTest {
  return (actual) => members.has(actual);
}

function patternValueFault(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > longestPattern) {
    return `give a regular expression of at most ${longestPattern} characters`;
  }
  const fault = patternFault(value);
  return fault === null ? null : `the regular expression ${fault}`;
}

function textTest(test: (actual: string) => boolean): ValueTest {
  return (actual) => typeof actual === 'string' && test(actual);
}

function versionTest(text: string): ValueTest {
  const range = readVersionRange(text) ?? [];
  return textTest((actual) => {
    const version = readVersion(actual);
    return version !== null && isInRange(version, range);
  });
}

function ofText(compare: (actual: string, value: string) => boolean): Operator {
  return {
    fault: (value) => (isText(value) ? null : `give a text of at most ${longestText} characters`),
    test: (value: string) => textTest((actual) => compare(actual, value)),
  };
}

function ofNumber(compare: (actual: number, value: number) => boolean): Operator {
  return {
    fault: (value) => (typeof value === 'number' && Number.isFinite(value) ? null : 'give a number'),
    test: (value: number) => (actual) => typeof actual === 'number' && compare(actual, value),
  };
}

function ofInstant(compare: (actual: number, value: number) => boolean): Operator {
  return {
    fault: (value) =>
      typeof value === 'string' && readInstant(value) !== null
        ? null
        : 'give an ISO 8601 date, such as "2026-03-01", or an instant with "Z" or an offset',
    test: (value: string) => {
      const bound = readInstant(value) ?? NaN;
      return (actual) => {
        const instant = readInstant(actual);
        return instant !== null && compare(instant, bound);
      };
    },
  };
}
