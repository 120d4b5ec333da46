import fc from 'fast-check';
import { likeness, promptSketch } from '../../src/signals/prompt-sketch.js';
import { RecentPrompts } from '../../src/signals/recent-prompts.js';

const minute = 60_000;
const question = 'When does the budget meeting of next week begin, and who brings the draft?';

const likenessOf = (one: string, other: string) => likeness(promptSketch(one)!, promptSketch(other)!);

describe('the likeness of two prompts', () => {
  it('is 1 for the same prompt in another case and spacing, and nearly 0 for another prompt', () => {
    expect(likenessOf(question, `  ${question.toUpperCase().replaceAll(' ', '\n ')}`)).toBe(1);
    expect(
      likenessOf(question, 'Translate this poem into French, please, and keep the rhymes.'),
    ).toBeLessThan(0.1);
  });

  it('survives a typing error', () => {
    expect(likenessOf(question, question.replace('budget', 'budegt'))).toBeGreaterThan(0.7);
  });

  it('is symmetric, between 0 and 1, and exact as long as all shingles fit', () => {
    const prompts = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 12, maxLength: 60 });
    const shingles = (text: string) =>
      new Set(Array.from({ length: text.length - 4 }, (_, start) => text.slice(start, start + 5)));
    fc.assert(
      fc.property(prompts, prompts, (one, other) => {
        const [a, b] = [shingles(one), shingles(other)];
        const common = [...a].filter((shingle) => b.has(shingle)).length;
        expect(likenessOf(one, other)).toBeCloseTo(common / (a.size + b.size - common), 12);
        expect(likenessOf(other, one)).toBe(likenessOf(one, other));
      }),
    );
  });

  it('is about right for prompts far too long to be kept whole', () => {
    const words = Array.from({ length: 1_200 }, (_, word) => `w${(word * 7919) % 10_007}`);
    const changed = words.map((word, place) => (place % 2 === 0 && place < 600 ? `x${word}` : word));
    const likely = likenessOf(words.join(' '), changed.join(' '));
    expect(likely).toBeGreaterThan(0.3);
    expect(likely).toBeLessThan(0.9);
  });
});

describe('recent prompts', () => {
  let prompts: RecentPrompts<string>;
  beforeEach(() => {
    prompts = new RecentPrompts();
  });
  const ask = (id: string, at: number, prompt = question, { unit = 'u', turn = 1 } = {}) =>
    prompts.ask({ unit, id, interaction: id, at, prompt, turn });

  it('know a near-identical prompt of the same unit within ten minutes', () => {
    expect(ask('one', 0)).toEqual({ isFirst: true, retried: null });
    expect(ask('two', 2 * minute, `${question} Please.`)).toEqual({ isFirst: true, retried: 'one' });
    // The latest is what was retried.
    expect(ask('three', 3 * minute).retried).toBe('two');
  });

  it('forget after ten minutes, and keep units apart', () => {
    ask('one', 0);
    expect(ask('other', minute, question, { unit: 'v' }).retried).toBeNull();
    expect(ask('late', 10 * minute + 1).retried).toBeNull();
  });

  it('tell a retry from a conversation that goes on, and from a second prompt of one interaction', () => {
    ask('one', 0);
    expect(ask('two', minute, question, { turn: 3 }).retried).toBeNull();
    expect(ask('two', minute)).toEqual({ isFirst: false, retried: null });
    ask('three', minute, 'Go on.');
    expect(ask('four', minute, 'Go on.').retried).toBeNull();
  });

  it('stay bounded: of each unit the last four, and of the units the latest', () => {
    ask('one', 0);
    for (let other = 0; other < 4; other++) ask(`o${other}`, minute, `Something entirely different ${other}`);
    expect(ask('again', minute).retried).toBeNull();
    ask('first', minute, question, { unit: 'oldest' });
    for (let unit = 0; unit < 10_000; unit++) ask(`i${unit}`, minute, 'x', { unit: `many-${unit}` });
    expect(ask('second', minute, question, { unit: 'oldest' }).retried).toBeNull();
  });
});
