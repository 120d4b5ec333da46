import { changeSentence } from '../../../src/dashboard/web/experiment/verdict/change-sentence.js';

const rating = { name: 'user rating', unit: null };

describe('a change in words', () => {
  it('says what is plausible on the side of the change', () => {
    const change = { ...rating, difference: 0.21, interval: [0.15, 0.27] } as const;
    expect(changeSentence(change)).toBe('user rating rises by 0.21, plausibly 0.15 to 0.27');
  });

  it('turns the interval of a fall, so that the lesser fall comes first', () => {
    const change = { ...rating, difference: -0.21, interval: [-0.27, -0.15] } as const;
    expect(changeSentence(change)).toBe('user rating falls by 0.21, plausibly 0.15 to 0.27');
  });

  it('does not claim a direction that the interval leaves open', () => {
    const change = { ...rating, difference: 0.05, interval: [-0.05, 0.15] } as const;
    expect(changeSentence(change)).toBe(
      'so far user rating rises by 0.05; anything from −0.05 to +0.15 is plausible',
    );
  });

  it('counts shares in percentage points', () => {
    const change = { name: 'thumbs up', difference: 0.021, interval: [0.015, 0.027], unit: 'share' } as const;
    expect(changeSentence(change)).toBe(
      'thumbs up rises by 2.1 percentage points, plausibly 1.5 to 2.7 percentage points',
    );
  });
});
