import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;
type Branches = readonly (readonly z.core.$ZodIssue[])[];

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
};

const sizes: Readonly<Record<string, string>> = {
  string: 'characters',
  array: 'items',
  tuple: 'items',
  set: 'items',
  object: 'fields',
  map: 'fields',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'an RFC 3339 instant such as "2026-01-31T12:00:00Z"',
  date: 'a date such as "2026-01-31"',
  duration: 'an ISO 8601 duration such as "P7D"',
  uuid: 'a UUID such as "0190a6f0-5c1e-7b43-9f0a-3a2f4d5e6c7b"',
  url: 'an address such as "https://example.com"',
  email: 'an e-mail address',
};

/**
 * What a schema finds wrong, in Assay's words: what to send instead. A schema's own message comes first.
 *
 * @example schemaWords({ code: 'too_big', origin: 'number', maximum: 100, inclusive: true, input: 101 }); // 'give at most 100'
 */
export function schemaWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? 'is missing; ' : ''}give ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `give ${oneOf(issue.values)}`;
    case 'too_big':
      return `give ${bound(issue, issue.maximum, ['less than', 'at most'])}`;
    case 'too_small':
      return `give ${bound(issue, issue.minimum, ['more than', 'at least'])}`;
    case 'invalid_format':
      return `give ${form(issue)}`;
    case 'not_multiple_of':
      return `give a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has ${issue.keys.map((key) => `"${key}"`).join(', ')}, unknown here; check the spelling or remove it`;
    case 'invalid_key':
      return `is no name that can stand here: ${issue.issues[0]?.message ?? 'choose another'}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `give ${oneOf(issue.options as string[])}`
        : nearest(issue.errors);
    case 'custom':
    case 'invalid_element':
      return 'does not fit here; the API documentation at /docs says what does';
  }
}

/** For `safeParse`. */
export const inOurWords = { error: schemaWords };

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)));
  return shown.length > 1 ? `one of ${shown.join(', ')}` : (shown[0] ?? 'another value');
}

function bound(
  { origin, inclusive, exact }: { origin: string; inclusive?: boolean; exact?: boolean },
  value: number | bigint,
  [beyond, including]: readonly [string, string],
): string {
  const how = exact ? 'exactly ' : `${inclusive === false ? beyond : including} `;
  const what = origin === 'date' ? new Date(Number(value)).toISOString() : value;
  const unit = sizes[origin];
  return `${how}${what}${unit ? ` ${value === 1 ? unit.slice(0, -1) : unit}` : ''}`;
}

function form(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  const named: Readonly<Record<string, string>> = {
    regex: `of the form ${issue['pattern']}`,
    starts_with: `that begins with ${JSON.stringify(issue['prefix'])}`,
    ends_with: `that ends with ${JSON.stringify(issue['suffix'])}`,
    includes: `that has ${JSON.stringify(issue['includes'])} in it`,
  };
  return formats[issue.format] ?? `text ${named[issue.format] ?? `that is a valid ${issue.format}`}`;
}

/** What is wrong with the one form that a value has the kind of; where it has the kind of none, all kinds that it may have. */
function nearest(branches: Branches): string {
  const isOfAnotherKind = ({ code, path }: z.core.$ZodIssue) =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const [first] = branches.find((issues) => !issues.some(isOfAnotherKind)) ?? [];
  if (first) return `${first.path.length > 0 ? `${first.path.join('.')}: ` : ''}${first.message}`;
  const messages = branches.map(([issue]) => issue?.message ?? '');
  const missing = messages.some((message) => message.startsWith('is missing; '));
  const alternatives = messages.map((message) => message.replace('is missing; ', '').replace(/^give /, ''));
  return `${missing ? 'is missing; ' : ''}give ${[...new Set(alternatives)].join(' or ')}`;
}
