import { z } from 'zod';
import { targetingOperators, type TargetingRule } from './targeting-rule.js';

/** Names that every object has a meaning for: requests with such an attribute are refused, or lose it on the way. */
const reservedNames: readonly string[] = ['__proto__', 'constructor'];

/** The name of an attribute that units can have. */
export const attributeName = z
  .string()
  .min(1)
  .max(64)
  .refine((name) => !reservedNames.includes(name), {
    error: ({ input }) =>
      `"${String(input)}" is no name that an attribute can have; give the attribute another`,
  });

const rules = z.lazy(() => z.array(targetingRule).min(1).max(100));

/** One object for all four forms, not a choice between them: so each fault is told where it is. */
const anyForm = z
  .strictObject({
    all: rules.optional(),
    any: rules.optional(),
    not: z.lazy(() => targetingRule).optional(),
    attribute: attributeName.optional(),
    operator: z.enum(targetingOperators).optional(),
    value: z
      .union([
        z.string(),
        z.number(),
        z.boolean(),
        z.array(z.union([z.string(), z.number(), z.boolean()])).max(1_000),
      ])
      .optional(),
  })
  .refine(isOneForm, {
    message: 'give "all", "any" or "not", or a condition of "attribute", "operator" and "value"',
  });

function isOneForm(rule: Readonly<Record<string, unknown>>): boolean {
  const given = Object.keys(rule).filter((name) => rule[name] !== undefined);
  if (given.length === 1) return ['all', 'any', 'not'].includes(given[0]!);
  return given.length === 3 && ['attribute', 'operator', 'value'].every((name) => given.includes(name));
}

/** A rule over attributes: one condition, or `all`, `any` or `not` of other rules. */
export const targetingRule: z.ZodType<TargetingRule> = (anyForm as unknown as z.ZodType<TargetingRule>).meta({
  id: 'TargetingRule',
});
