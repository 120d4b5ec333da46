import { presentPopulation } from '../../src/experiments/population.js';
import type { EpochCause } from '../../src/experiments/weight-epoch.js';

type Opened = readonly [segment: string, cause: EpochCause][];

/** The epochs of each change begin at the same moment. */
function history(...changes: Opened[]) {
  const epochs = changes.flatMap((change, hour) =>
    change.map(([segment, cause]) => ({ segment, cause, startedAt: new Date(hour * 3_600_000) })),
  );
  return epochs.map((epoch, place) => ({ ...epoch, number: place + 1 }));
}
const numbersOf = (segment: string, all: ReturnType<typeof history>) =>
  presentPopulation(segment, all).map(({ number }) => number);

const [de, pro] = ['language=de', 'language=de/plan=pro'];
const opened: Opened[] = [
  [['', 'start']],
  [['', 'bandit']],
  [
    [de, 'segments'],
    ['', 'segments'],
  ],
  [
    [de, 'bandit'],
    ['', 'bandit'],
  ],
];

describe('the population of a chain', () => {
  it('is everyone where no leaf ever began, whatever moved the weights', () => {
    const all = history([['', 'start']], [['', 'bandit']], [['', 'weights']], [['', 'guardrail']]);
    expect(numbersOf('', all)).toEqual([1, 2, 3, 4]);
  });

  it('is, of the root, another once a leaf has parted from it; of the leaf the same since it began', () => {
    const all = history(...opened);
    expect(numbersOf('', all)).toEqual([4, 6]);
    expect(numbersOf(de, all)).toEqual([3, 5]);
  });

  it('is another of the nearest leaf alone where one parts further down', () => {
    const all = history(
      ...opened,
      [
        [pro, 'segments'],
        [de, 'segments'],
      ],
      [
        ['', 'bandit'],
        [de, 'bandit'],
      ],
    );
    expect(numbersOf(de, all)).toEqual([8, 10]);
    expect(numbersOf('', all)).toEqual([4, 6, 9]);
  });

  it('is another of the root where a leaf parts from it although one further down had', () => {
    const all = history(
      [['', 'start']],
      [
        [pro, 'segments'],
        ['', 'segments'],
      ],
      [
        [de, 'segments'],
        ['', 'segments'],
      ],
    );
    expect(numbersOf('', all)).toEqual([5]);
    expect(numbersOf(pro, all)).toEqual([2]);
  });

  it('is another where leaves cease to be served: under fixed weights, set anew or not, and rolled back', () => {
    for (const cause of ['segments', 'weights', 'guardrail'] as const) {
      const all = history(...opened, [['', cause]]);
      expect(numbersOf('', all)).toEqual([7]);
      expect(numbersOf(de, all)).toEqual([3, 5]);
    }
  });

  it('stays after a rollout taken back, another model, and a variant zeroed in every leaf', () => {
    const all = history(
      ...opened,
      [['', 'rollout']],
      [['', 'abort']],
      [
        ['', 'model-change'],
        [de, 'segments'],
      ],
      [
        [de, 'guardrail'],
        ['', 'guardrail'],
      ],
    );
    expect(numbersOf('', all)).toEqual([4, 6, 7, 8, 9, 12]);
    expect(numbersOf(de, all)).toEqual([3, 5, 10, 11]);
  });
});
