import { pointerTo } from '../operations/problem/input-inspection.js';
import type { Fault } from '../operations/assay-error.js';
import { operators } from './operators.js';
import { patternSteps } from './pattern/pattern.js';
import type { TargetingCondition, TargetingRule } from './targeting-rule.js';

/** How deep rules may lie in rules, and how many conditions one rule may hold in all. */
export const deepestRule = 8;
export const mostConditions = 200;
/** How many of them may match patterns. */
export const mostPatterns = 20;
/**
 * How many steps these may become in all. Every step may be taken once for each character, at about 10 ns: of 1,024
 * characters a rule takes 5 ms at the very most, while which nobody else is served.
 */
export const mostPatternSteps = 500;

/**
 * What is wrong with a rule whose shape is right: values that their operators cannot read, too deep, too many conditions.
 *
 * @param pointer where the rule stands
 * @example ruleFaults({ attribute: 'app', operator: 'semver', value: 'new' }, '/targeting')[0].pointer // '/targeting/value'
 */
export function ruleFaults(rule: TargetingRule, pointer: string): Fault[] {
  const faults: Fault[] = [];
  const conditions: TargetingCondition[] = [];
  const visit = (part: TargetingRule, place: string, depth: number): void => {
    if (depth > deepestRule) {
      faults.push({ pointer: place, message: `rules lie deeper than ${deepestRule} levels; flatten them` });
    } else if ('all' in part)
      part.all.forEach((each, index) => visit(each, `${place}/all/${index}`, depth + 1));
    else if ('any' in part)
      part.any.forEach((each, index) => visit(each, `${place}/any/${index}`, depth + 1));
    else if ('not' in part) visit(part.not, pointerTo(place, 'not'), depth + 1);
    else {
      conditions.push(part);
      const fault = operators[part.operator].fault(part.value);
      if (fault !== null) {
        const message = `${JSON.stringify(part.value)} is nothing for "${part.operator}"; ${fault}`;
        faults.push({ pointer: pointerTo(place, 'value'), message });
      }
    }
  };
  visit(rule, pointer, 1);
  return [...faults, ...sizeFaults(conditions).map((message) => ({ pointer, message }))];
}

/** What of a rule is too much in all. */
function sizeFaults(conditions: readonly TargetingCondition[]): string[] {
  const patterns = conditions.filter(({ operator }) => operator === 'matches');
  // Whatever is no pattern is refused as such.
  const read = patterns.filter(({ operator, value }) => operators[operator].fault(value) === null);
  const steps = read.reduce((sum, { value }) => sum + patternSteps(value as string), 0);
  return [
    ...(conditions.length > mostConditions
      ? [`holds ${conditions.length} conditions; at most ${mostConditions} are taken`]
      : []),
    ...(patterns.length > mostPatterns
      ? [`holds ${patterns.length} patterns; at most ${mostPatterns} are taken`]
      : []),
    ...(steps > mostPatternSteps
      ? [
          `holds patterns of ${steps} steps in all; at most ${mostPatternSteps} are taken. ` +
            `Shorten them, or count less: "a{90}" has 90 steps`,
        ]
      : []),
  ];
}
