import { patience, watchStep, type Answered, type WatchedModel } from '../../src/model-watch/model-watch.js';
import { seededRandom } from '../../src/llm/simulated/seeded-random.js';

const start = Date.parse('2026-11-20T10:00:00Z');
const at = (second: number) => new Date(start + second * 1_000);

/** Answers of a provider as receipts count them, and what a watch that looks at them makes of it. */
class Watching {
  private readonly answered = new Map<string, Answered>();
  private watched: WatchedModel | null = null;
  private second = 0;
  readonly changes: string[] = [];

  /** So many answers of that version, and then a look. */
  answers(fingerprint: string, count: number, variant = 'a'): this {
    this.count(fingerprint, count, variant);
    this.look();
    return this;
  }

  count(fingerprint: string, count: number, variant = 'a'): void {
    this.second += count;
    const old = this.answered.get(fingerprint);
    this.answered.set(fingerprint, {
      requestedModel: 'gpt-4o',
      model: 'gpt-4o-2024-08-06',
      fingerprint,
      variants: [...new Set([...(old?.variants ?? []), variant])],
      answers: (old?.answers ?? 0) + count,
      firstAt: old?.firstAt ?? at(this.second),
      lastAt: at(this.second),
    });
  }

  look(): void {
    const { watched, change } = watchStep(this.watched, [...this.answered.values()]);
    this.watched = watched ?? this.watched;
    if (change) this.changes.push(`${change.before.fingerprint} → ${change.after.fingerprint}`);
  }
}

it('finds one change where another version answers from now on, and says who, when and for whom', () => {
  const one = { requestedModel: 'gpt-4o', model: 'gpt-4o-2024-08-06' };
  const old: Answered = {
    ...one,
    fingerprint: 'fp_1',
    variants: ['a', 'b'],
    answers: 900,
    firstAt: at(0),
    lastAt: at(90),
  };
  const { watched } = watchStep(null, [old]);
  const now: Answered = { ...old, fingerprint: 'fp_2', answers: patience, firstAt: at(91), lastAt: at(99) };
  const { change, watched: after } = watchStep(watched, [old, now]);
  expect(change).toEqual({
    requestedModel: 'gpt-4o',
    variants: ['a', 'b'],
    before: { model: 'gpt-4o-2024-08-06', fingerprint: 'fp_1', lastAt: at(90) },
    after: { model: 'gpt-4o-2024-08-06', fingerprint: 'fp_2', firstAt: at(91) },
    answers: patience,
  });
  expect(watchStep(after, [old, { ...now, answers: 10_000 }])).toEqual({
    change: null,
    watched: expect.objectContaining({ fingerprint: 'fp_2' }),
  });
});

it('waits until the known one has not answered for so many answers, in one look or in many', () => {
  const watching = new Watching().answers('old', 5).answers('new', patience - 1);
  expect(watching.changes).toEqual([]);
  expect(watching.answers('new', 1).changes).toEqual(['old → new']);
  const slowly = new Watching().answers('old', 5);
  for (let answer = 0; answer < patience; answer++) slowly.answers('new', 1);
  expect(slowly.changes).toEqual(['old → new']);
});

it('begins to count anew whenever the known one is heard', () => {
  const watching = new Watching().answers('old', 5).answers('new', patience - 1);
  watching.answers('old', 1).answers('new', patience - 1);
  expect(watching.changes).toEqual([]);
});

it('notes a version that comes back as another change', () => {
  const watching = new Watching().answers('old', 100).answers('new', 100).answers('old', 100);
  expect(watching.changes).toEqual(['old → new', 'new → old']);
});

it('takes the one that answered most, where several come in the place of one', () => {
  const watching = new Watching().answers('old', 100);
  watching.count('rare', 20);
  watching.count('often', 40);
  watching.look();
  expect(watching.changes).toEqual(['old → often']);
});

it('says nothing of a model that nobody has asked for', () => {
  expect(watchStep(null, [])).toEqual({ watched: null, change: null });
});

// Expected: by the rule's own chance, (1 − 1/k)^50 a run, none in 20,000 answers of two or three; an unequal share moves it once at most.
it.each([
  ['half and half', [0.5, 0.5], 0],
  ['three alike', [1 / 3, 1 / 3, 1 / 3], 0],
  ['nineteen to one', [0.95, 0.05], 1],
])('is not led about by versions that take turns, %s', (_name, shares, most) => {
  for (const looksEach of [1, 7]) {
    const random = seededRandom(`turns ${shares.length} ${looksEach}`);
    const watching = new Watching();
    for (let answer = 0; answer < 20_000; answer++) {
      let drawn = random();
      const version = shares.findIndex((share) => (drawn -= share) < 0);
      watching.count(`fp_${version}`, 1);
      if (answer % looksEach === 0) watching.look();
    }
    expect(watching.changes.length).toBeLessThanOrEqual(most);
  }
});
