import { z } from 'zod';
import { AssayError } from '../../../src/operations/assay-error.js';
import { readInput } from '../../../src/operations/problem/read-input.js';

/** What is answered to one field that a schema refuses. */
function answered(schema: z.ZodType, sent: unknown): readonly string[] {
  try {
    void readInput({ field: sent }, z.strictObject({ field: schema }), 'body');
  } catch (error) {
    if (error instanceof AssayError) return error.faults.map(({ message }) => message);
    throw error;
  }
  return [];
}

const scalar = z.union([z.string().max(3), z.number(), z.boolean(), z.null()]);

describe('what a schema refuses', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a missing text', z.string(), undefined, 'is missing; give text (received nothing)'],
    ['another kind', z.string(), 3, 'give text (received 3)'],
    ['no number', z.number(), '3', 'give a number (received "3")'],
    ['text read as a number', z.coerce.number(), 'many', 'give a number (received "many")'],
    ['no whole number', z.number().int(), 1.5, 'give a whole number (received 1.5)'],
    ['no boolean', z.boolean(), 'yes', 'give true or false (received "yes")'],
    ['no list', z.array(z.string()), {}, 'give a list (received an object of 0 fields)'],
    ['no object', z.object({}), [], 'give an object (received a list of 0)'],
    ['no map', z.record(z.string(), z.number()), 'x', 'give an object (received "x")'],
    ['null', z.object({}), null, 'give an object (received null)'],
    ['another value', z.literal('a'), 'b', 'give "a" (received "b")'],
    ['none of several', z.enum(['a', 'b']), 'c', 'give one of "a", "b" (received "c")'],
    ['too much', z.number().max(100), 101, 'give at most 100 (received 101)'],
    ['the bound itself', z.number().lt(1), 1, 'give less than 1 (received 1)'],
    ['too little', z.number().min(0), -1, 'give at least 0 (received -1)'],
    ['nothing', z.number().positive(), 0, 'give more than 0 (received 0)'],
    ['a long text', z.string().max(2), 'abc', 'give at most 2 characters (received "abc")'],
    ['an empty text', z.string().min(1), '', 'give at least 1 character (received "")'],
    ['another length', z.string().length(2), 'a', 'give exactly 2 characters (received "a")'],
    ['a short list', z.array(z.string()).min(1), [], 'give at least 1 item (received a list of 0)'],
    ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'give at most 1 item (received a list of 2)'],
    ['a long tuple', z.tuple([z.string()]), ['a', 'b'], 'give at most 1 item (received a list of 2)'],
    [
      'no instant',
      z.iso.datetime({ offset: true }),
      'noon',
      'give an RFC 3339 instant such as "2026-01-31T12:00:00Z" (received "noon")',
    ],
    ['no UUID', z.uuid(), 'x', 'give a UUID such as "0190a6f0-5c1e-7b43-9f0a-3a2f4d5e6c7b" (received "x")'],
    ['another form', z.string().regex(/^a+$/), 'b', 'give text of the form /^a+$/ (received "b")'],
    [
      'another beginning',
      z.string().startsWith('v1.'),
      'b',
      'give text that begins with "v1." (received "b")',
    ],
    ['no multiple', z.number().multipleOf(5), 3, 'give a multiple of 5 (received 3)'],
    [
      'a long name',
      z.record(z.string().max(2), z.number()),
      { abc: 1 },
      'is no name that can stand here: give at most 2 characters (received "abc")',
    ],
    [
      'no kind of several',
      scalar,
      [],
      'give text or a number or true or false or null (received a list of 0)',
    ],
    ['one kind of several, wrong', scalar, 'long', 'give at most 3 characters (received "long")'],
    [
      'an unknown kind',
      z.discriminatedUnion('mode', [
        z.object({ mode: z.literal('fixed') }),
        z.object({ mode: z.literal('bandit') }),
      ]),
      { mode: 'x' },
      'give one of "fixed", "bandit" (received "x")',
    ],
    [
      'a condition without words',
      z.string().refine(() => false),
      'x',
      'does not fit here; the API documentation at /docs says what does (received "x")',
    ],
    ['words of its own', z.string('say why'), 3, 'say why (received 3)'],
  ])('is answered in words of ours with what came: %s', (_what, schema, sent, message) => {
    expect(answered(schema, sent)).toEqual([message]);
  });
});
