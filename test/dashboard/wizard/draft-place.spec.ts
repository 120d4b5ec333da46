import { Problem } from '../../../src/dashboard/web/api/request.js';
import { placeOf } from '../../../src/dashboard/web/act/wizard/draft-place.js';
import { shownFaults } from '../../../src/dashboard/web/act/wizard/faults-shown.js';

const places = ['/key', '/variants', '/variants/0/config', '/variants/0/config/model', '/ramp/0/after'];

describe('the field of a fault', () => {
  it.each([
    ['/key', '/key'],
    ['/variants/0/config/model', '/variants/0/config/model'],
    ['/variants/0/config/topP', '/variants/0/config'],
    ['/variants/1/key', '/variants'],
    // No field is all of the ramp: its first one is the nearest.
    ['/ramp', '/ramp/0/after'],
    ['/keys', null],
    ['', '/key'],
  ])('%j is shown at %j', (pointer, place) => {
    expect(placeOf(pointer, places)).toBe(place);
  });

  it('is the one for the draft as a whole where no other shows it', () => {
    const withWhole = [...places, ''];
    expect(['/keys', '', '/ramp'].map((pointer) => placeOf(pointer, withWhole))).toEqual([
      '',
      '',
      '/ramp/0/after',
    ]);
  });

  it('is told in the order of the page, and says where inside it the fault is', () => {
    const faults = [
      { pointer: '/variants/0/config/topP', message: 'is 2' },
      { pointer: '/judge', message: 'is odd' },
      { pointer: '/key', message: 'is taken' },
    ];
    const { problem, elsewhere } = shownFaults(new Problem(400, 'INVALID_REQUEST', 'No.', faults), places);
    expect(problem.faults).toEqual([
      { pointer: '/key', message: 'is taken' },
      { pointer: '/variants/0/config', message: 'topP: is 2' },
    ]);
    expect(elsewhere).toEqual([{ pointer: '/judge', message: 'is odd' }]);
  });
});
