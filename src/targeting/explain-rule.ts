import { attributeOf, compileRule } from './compile-rule.js';
import type { Attributes, TargetingCondition, TargetingRule } from './targeting-rule.js';

/** A condition that decided a rule against a unit, with what the unit had to show. */
export interface RuleFailure extends TargetingCondition {
  /** JSON pointer to the condition, from the rule on. */
  readonly pointer: string;
  /** The attribute's value; null where it is missing. */
  readonly actual: unknown;
  /** True under a `not`: the condition was met, and should not have been. */
  readonly negated: boolean;
}

/**
 * Every condition because of which a rule does not hold; empty where it does.
 *
 * @example explainRule({ attribute: 'plan', operator: 'equals', value: 'pro' }, { plan: 'free' })[0].actual // 'free'
 */
export function explainRule(rule: TargetingRule, attributes: Attributes): RuleFailure[] {
  return failures(rule, attributes, '', false);
}

/** The conditions that make the rule false; under a `not`, those that make it true. */
function failures(
  rule: TargetingRule,
  attributes: Attributes,
  pointer: string,
  negated: boolean,
): RuleFailure[] {
  if (compileRule(rule)(attributes) === !negated) return [];
  const of = (parts: readonly TargetingRule[], name: string) =>
    parts.flatMap((part, index) => failures(part, attributes, `${pointer}/${name}/${index}`, negated));
  if ('all' in rule) return of(rule.all, 'all');
  if ('any' in rule) return of(rule.any, 'any');
  if ('not' in rule) return failures(rule.not, attributes, `${pointer}/not`, !negated);
  return [{ ...rule, pointer, actual: attributeOf(attributes, rule.attribute) ?? null, negated }];
}
