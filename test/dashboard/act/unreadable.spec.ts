import { unreadableIn } from '../../../src/dashboard/web/act/unreadable.js';
import { firstWish } from '../../../src/dashboard/web/act/wish.js';
import { running } from './experiment.fixture.js';

const wish = firstWish(running);

describe('what is typed for an action', () => {
  it('can be read as it is proposed', () => {
    expect(unreadableIn('set allocation', wish)).toBeNull();
    expect(unreadableIn('set allocation', { ...wish, mode: 'bandit' })).toBeNull();
    expect(unreadableIn('roll out', wish)).toBeNull();
  });

  it('is refused where a number may be thousands', () => {
    const weights = { control: '1,000', treatment: '1' };
    expect(unreadableIn('set allocation', { ...wish, weights })?.faults).toEqual([
      { pointer: '/weights/control', message: '"1,000" can be read as 1000 or as 1.000; write one of these' },
    ]);
  });

  it.each([
    ['/floor', { floor: 'little' }],
    ['/segments/minimumUnits', { segments: { ...wish.segments, minimumUnits: 'many' } }],
    ['/segments/maximumLeaves', { segments: { ...wish.segments, maximumLeaves: 'few' } }],
  ])('is refused at %s', (pointer, typed) => {
    const problem = unreadableIn('set allocation', { ...wish, mode: 'bandit', ...typed });
    expect(problem?.faults.map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it('is refused where it is about segments that no attribute tells apart', () => {
    const segments = { attributes: ' ,', minimumUnits: '300', maximumLeaves: '' };
    const problem = unreadableIn('set allocation', { ...wish, mode: 'bandit', segments });
    expect(problem?.faults).toEqual([
      {
        pointer: '/segments/attributes',
        message: 'is missing; name one, or empty the two fields beside it',
      },
    ]);
    expect(unreadableIn('set allocation', { ...wish, mode: 'fixed', segments })).toBeNull();
    const named = { ...segments, attributes: 'plan' };
    expect(unreadableIn('set allocation', { ...wish, mode: 'bandit', segments: named })).toBeNull();
  });

  it('matters only where the action reads it', () => {
    const stages = [{ percent: 'half', hold: '' }];
    expect(unreadableIn('roll out', { ...wish, stages })?.faults[0]?.pointer).toBe('/stages/0/percent');
    expect(unreadableIn('pause', { ...wish, stages, floor: 'little' })).toBeNull();
  });
});
