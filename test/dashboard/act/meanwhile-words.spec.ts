import { meanwhileWords } from '../../../src/dashboard/web/act/meanwhile-words.js';
import { isConflict, problemIn } from '../../../src/dashboard/web/act/send.js';
import { Problem } from '../../../src/dashboard/web/api/request.js';

const changes = [{ what: 'State', before: 'running', after: 'paused' }];

describe('a change meanwhile', () => {
  it.each([
    ['ana', changes, 'ana changed it meanwhile: state from running to paused.'],
    ['somebody', changes, 'Somebody changed it meanwhile: state from running to paused.'],
    ['the ramp', changes, 'The ramp changed it meanwhile: state from running to paused.'],
    [null, [], 'Somebody or something changed it meanwhile.'],
  ])('by %s is told in words', (who, what, words) => {
    expect(meanwhileWords(who, what)).toBe(words);
  });

  it('is told in the words of the page where the server refuses', () => {
    const refused = new Problem(412, 'VERSION_CONFLICT', 'If-Match "1" does not fit: read it again.');
    expect(problemIn(refused).message).toBe('Somebody or something else changed it meanwhile.');
    expect(isConflict(problemIn(refused))).toBe(true);
  });

  it('leaves other refusals as they are', () => {
    const refused = new Problem(409, 'ILLEGAL', 'It is paused.', [
      { pointer: '/reason', message: 'is short' },
    ]);
    expect(problemIn(refused)).toEqual(refused);
    expect(isConflict(problemIn(refused))).toBe(false);
  });
});
