import { operators } from './operators.js';
import type { Attributes, TargetingCondition, TargetingRule } from './targeting-rule.js';

/** Whether a unit of those attributes is meant. */
export type AttributeTest = (attributes: Attributes) => boolean;

/**
 * A test for a rule, ready to be asked often: patterns, dates, versions and sets are read here, and once.
 *
 * A condition that is not valid is met by nobody: whoever cannot be told apart is not let in.
 *
 * @example compileRule({ attribute: 'plan', operator: 'in', value: ['pro', 'team'] })({ plan: 'pro' }) // true
 */
export function compileRule(rule: TargetingRule): AttributeTest {
  if ('all' in rule) {
    const parts = rule.all.map(compileRule);
    return (attributes) => parts.every((part) => part(attributes));
  }
  if ('any' in rule) {
    const parts = rule.any.map(compileRule);
    return (attributes) => parts.some((part) => part(attributes));
  }
  if ('not' in rule) {
    const part = compileRule(rule.not);
    return (attributes) => !part(attributes);
  }
  return compileCondition(rule);
}

function compileCondition({ attribute, operator, value }: TargetingCondition): AttributeTest {
  if (operators[operator].fault(value) !== null) return () => false;
  const test = operators[operator].test(value as never);
  const ifMissing = operator === 'exists' && value === false;
  return (attributes) => {
    const actual = attributeOf(attributes, attribute);
    return actual === undefined || actual === null ? ifMissing : test(actual);
  };
}

/** An attribute that was given; never what every object has, such as `constructor`. */
export function attributeOf(attributes: Attributes, name: string): unknown {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
