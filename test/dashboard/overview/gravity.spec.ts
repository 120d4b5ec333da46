import { warningGroups } from '../../../src/dashboard/web/experiment/verdict/gravity.js';

const warning = (code: string, message = code) =>
  ({ code, message }) as Parameters<typeof warningGroups>[0][number];

describe('what stands against the data', () => {
  it('begins with what forbids to decide, and ends with what is good to know', () => {
    const found = warningGroups(
      [
        warning('NOT_COMPUTABLE', 'one'),
        warning('NOVELTY'),
        warning('SAMPLE_RATIO_MISMATCH'),
        warning('NOT_COMPUTABLE', 'two'),
      ],
      'FIX_DATA',
    );
    expect(found).toEqual([
      { code: 'SAMPLE_RATIO_MISMATCH', gravity: 'grave', messages: ['SAMPLE_RATIO_MISMATCH'] },
      { code: 'NOVELTY', gravity: 'caution', messages: ['NOVELTY'] },
      { code: 'NOT_COMPUTABLE', gravity: 'note', messages: ['one', 'two'] },
    ]);
  });

  it('takes units with two variants for grave only once so many have them that the report says so', () => {
    expect(warningGroups([warning('MULTIPLE_EXPOSURES')], 'CONTINUE')[0]?.gravity).toBe('caution');
    expect(warningGroups([warning('MULTIPLE_EXPOSURES')], 'FIX_DATA')[0]?.gravity).toBe('grave');
  });
});
