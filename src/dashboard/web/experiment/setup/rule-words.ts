import type { ExperimentView } from '../../api/contract.js';

type Rule = NonNullable<ExperimentView['targeting']>;

/**
 * Who an experiment is for, in words.
 *
 * @example ruleWords({ attribute: 'plan', operator: 'equals', value: 'pro' }) // 'plan equals "pro"'
 */
export function ruleWords(rule: Rule): string {
  if ('all' in rule) return joined(rule.all, 'and', 'everyone');
  if ('any' in rule) return joined(rule.any, 'or', 'nobody');
  if ('not' in rule) return `not (${ruleWords(rule.not)})`;
  const { attribute, operator, value } = rule;
  if (operator === 'exists') return value === false ? `${attribute} is not known` : `${attribute} is known`;
  const words = operator.replaceAll('-', ' ');
  const list = Array.isArray(value)
    ? value.map((each) => JSON.stringify(each)).join(', ')
    : JSON.stringify(value);
  return `${attribute} ${words} ${list}`;
}

function joined(rules: readonly Rule[], word: string, none: string): string {
  if (rules.length === 0) return none;
  return rules
    .map((rule) => ('all' in rule || 'any' in rule ? `(${ruleWords(rule)})` : ruleWords(rule)))
    .join(` ${word} `);
}
