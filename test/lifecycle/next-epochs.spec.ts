import fc from 'fast-check';
import { asksForPin, assign } from '../../src/bucketing/assign.js';
import { compileExperiment } from '../../src/bucketing/compiled-experiment.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { byChain } from '../../src/experiments/leaves.js';
import type { WeightEpoch } from '../../src/experiments/weight-epoch.js';
import type { Change } from '../../src/lifecycle/change.js';
import { nextEpochs } from '../../src/lifecycle/next-epoch.js';
import { experimentWith, firstEpoch, units } from '../bucketing/experiment-fixtures.js';

const experiment = experimentWith({
  allocation: {
    mode: 'bandit',
    reward: 'user_rating',
    floor: 0.01,
    every: 'PT1H',
    burnIn: { unitsPerVariant: 100 },
    segments: { attributes: ['language', 'plan'] },
  },
});
const now = new Date('2026-02-01T00:00:00Z');
const shares = (treatment: number) => ({ control: 1 - treatment, treatment });

type Part = Pick<Change, 'epoch' | 'leaves'>;
const after = (epochs: readonly WeightEpoch[], change: Part) => [
  ...epochs,
  ...nextEpochs(experiment, epochs, change, now),
];
const leaf = (segment: string, treatment: number) =>
  ({ segment, cause: 'bandit', evidence: {}, weights: shares(treatment) }) as const;
const root = (treatment: number) => ({ cause: 'bandit', evidence: {}, weights: shares(treatment) }) as const;
const start = [firstEpoch(experiment)];

describe('nextEpochs', () => {
  it('numbers leaves and root on from the latest of all', () => {
    const epochs = after(after(start, { leaves: [leaf('language=de', 0.9)] }), {
      leaves: [leaf('language=de', 0.8), leaf('language=en', 0.2)],
      epoch: root(0.6),
    });
    expect(epochs.map(({ segment, number }) => [segment, number])).toEqual([
      ['', 1],
      ['language=de', 2],
      ['language=de', 3],
      ['language=en', 4],
      ['', 5],
    ]);
    expect(epochs.at(-1)?.weights).toEqual({ control: 0.4, treatment: 0.6 });
  });

  it('lets a leaf begin with the slots of the nearest leaf around it, and move the fewest', () => {
    const around = after(start, { leaves: [leaf('language=de', 0.9)] });
    const [, de] = around;
    const inner = after(around, { leaves: [leaf('language=de/plan=pro', 0.9)] }).at(-1);
    expect(inner?.slots).toEqual(de?.slots);
    const other = after(around, { leaves: [leaf('language=en', 0.5)] }).at(-1);
    expect(other?.slots).toEqual(start[0]?.slots);
    expect(other?.movedSlots).toEqual(start[0]?.movedSlots);
  });

  it('begins an epoch in every leaf, after the root’s, when the models behind the variants change', () => {
    const epochs = after(start, { leaves: [leaf('language=de', 0.9)] });
    const changed = nextEpochs(experiment, epochs, { epoch: { cause: 'model-change', evidence: {} } }, now);
    expect(changed.map(({ segment, number, cause }) => [segment, number, cause])).toEqual([
      ['', 3, 'model-change'],
      ['language=de', 4, 'segments'],
    ]);
    expect(changed[1]?.weights).toEqual(epochs[1]?.weights);
    expect(changed[1]?.slots).toEqual(epochs[1]?.slots);
  });
});

describe('units of a bandit with leaves', () => {
  const languages = [{ language: 'de' }, { language: 'en' }, { language: 'de', plan: 'pro' }, {}] as const;
  const moves = fc.array(
    fc.tuple(
      fc.constantFrom('', 'language=de', 'language=en', 'language=de/plan=pro'),
      fc.integer({ min: 0, max: 100 }),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it('keep their variant whatever weights and attributes change to: what moved asks for the pin', () => {
    fc.assert(
      fc.property(moves, (made) => {
        let epochs: readonly WeightEpoch[] = start;
        const first = new Map<string, string | null>();
        for (const [segment, percent] of [['', 50] as const, ...made]) {
          epochs = after(
            epochs,
            segment === '' ? { epoch: root(percent / 100) } : { leaves: [leaf(segment, percent / 100)] },
          );
          const { epochs: chain, leafEpochs = [] } = byChain(epochs);
          const compiled = compileExperiment(
            experiment,
            chain.at(-1) ?? null,
            chain.slice(0, -1),
            leafEpochs,
          );
          for (const [place, unit] of units.slice(0, 60).entries()) {
            const attributes = languages[(place + epochs.length) % languages.length] ?? {};
            const decision = assign(compiled, hashUnit(unit), undefined, attributes);
            const known = first.get(unit);
            if (asksForPin(decision)) {
              if (known !== undefined) continue;
              const drawn = assign(compiled, hashUnit(unit), null, attributes);
              if (!asksForPin(drawn)) first.set(unit, drawn.variant);
            } else if (known === undefined) first.set(unit, decision.variant);
            else expect(decision.variant).toBe(known);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are drawn with the propensity of the leaf that their attributes lead to', () => {
    const epochs = after(start, { leaves: [leaf('language=de', 0.9), leaf('language=de/plan=pro', 0.2)] });
    const { epochs: chain, leafEpochs = [] } = byChain(epochs);
    const compiled = compileExperiment(experiment, chain.at(-1) ?? null, [], leafEpochs);
    const drawn = (attributes: object) => {
      const decisions = units
        .slice(0, 400)
        .map((unit) => assign(compiled, hashUnit(unit), null, { ...attributes }));
      const answers = decisions.flatMap((decision) => (asksForPin(decision) ? [] : [decision]));
      expect(new Set(answers.map(({ epoch }) => epoch)).size).toBe(1);
      const chances = new Map(answers.map(({ variant, propensity }) => [variant, propensity]));
      const share = answers.filter(({ variant }) => variant === 'treatment').length / answers.length;
      return { epoch: answers[0]?.epoch, chance: chances.get('treatment') ?? 0, share };
    };
    const expected = [
      [{ language: 'de' }, 2, 0.9],
      [{ language: 'de', plan: 'new' }, 2, 0.9],
      [{ language: 'de', plan: 'pro' }, 3, 0.2],
      [{ language: 'fr' }, 1, 0.5],
      [{ plan: 'pro' }, 1, 0.5],
    ] as const;
    for (const [attributes, epoch, chance] of expected) {
      const found = drawn(attributes);
      expect(found).toMatchObject({ epoch, chance });
      // Four standard errors of 400 units.
      expect(Math.abs(found.share - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / 400));
    }
  });
});
