import { isKnown } from '../../src/operations/if-none-match.js';

describe('what a caller has already', () => {
  // RFC 9110, 13.1.2: "*" fits any representation, tags are compared weakly.
  it.each([
    ['*', true],
    ['"3"', true],
    ['W/"3"', true],
    ['"2", W/"3"', true],
    ['"33"', false],
    ['3', false],
    [undefined, false],
  ])('If-None-Match: %s', (header, known) => {
    expect(isKnown(header, '"3"')).toBe(known);
  });
});
