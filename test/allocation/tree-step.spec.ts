import { banditStanding } from '../../src/allocation/allocation-history.js';
import type { BanditView } from '../../src/allocation/bandit-view.js';
import { openingWeights } from '../../src/allocation/opening-weights.js';
import { otherUnits } from '../../src/allocation/other-units.js';
import { reallocationChange } from '../../src/allocation/reallocation-change.js';
import { treeStep } from '../../src/allocation/tree-step.js';
import type { Bandit } from '../../src/experiments/allocation.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';
import { binaryMoments, metricWith } from './fixtures.js';

const bandit: Bandit = {
  mode: 'bandit',
  reward: 'task_completed',
  floor: 0.05,
  every: 'PT1H',
  burnIn: { unitsPerVariant: 50 },
  segments: { attributes: ['language', 'plan'] },
};
const seen = experimentWith({ allocation: bandit });

function view(control: number, treatment: number, changes: Partial<BanditView> = {}): BanditView {
  return {
    variants: ['control', 'treatment'],
    bandit,
    control: 'control',
    metric: metricWith(),
    moments: [binaryMoments(control, 200), binaryMoments(treatment, 200)],
    present: [0.5, 0.5],
    ...changes,
  };
}

const jump = {
  variant: 'treatment',
  metric: 'task_completed',
  jump: 0.3,
  standardError: 0.02,
  bound: 4,
  recentUnits: 200,
  pastUnits: 900,
  sentence: 'the task_completed of treatment rose by 0.3',
};
const nothing = banditStanding([]);
const frozen = { ...nothing, frozen: true };
const german = { segment: 'language=de', view: view(40, 90) };
const english = { segment: 'language=en', view: view(90, 40) };

describe('the steps of a tree', () => {
  it('move each leaf by its own units, with the evidence of each', () => {
    const steps = treeStep({ view: view(60, 60), leaves: [german, english], openings: [] });
    const change = reallocationChange(seen, steps, nothing, 'bandit');
    expect(change).not.toHaveProperty('epoch');
    expect(change?.leaves?.map(({ segment, cause }) => [segment, cause])).toEqual([
      ['language=de', 'bandit'],
      ['language=en', 'bandit'],
    ]);
    expect(change?.leaves?.[0]?.weights?.['treatment']).toBeGreaterThan(0.9);
    expect(change?.leaves?.[1]?.weights?.['control']).toBeGreaterThan(0.9);
    expect(change?.decision.action).toBe('reallocate');
    expect(change?.decision.reason).toMatch(/^language=de: .*; language=en: /);
    expect(change?.decision.evidence['leaves']).toMatchObject([
      { segment: 'language=de', outcome: 'moved' },
      { segment: 'language=en', outcome: 'moved' },
    ]);
  });

  it('hold the leaf whose reward jumped and no other, and say so once', () => {
    const held = { segment: 'language=de', view: view(40, 90, { jump }) };
    const steps = treeStep({ view: view(60, 60), leaves: [held, english], openings: [] });
    const change = reallocationChange(seen, steps, nothing, 'bandit');
    expect(change?.decision.action).toBe('freeze');
    expect(change?.decision.reason).toContain('language=de: weights stay');
    expect(change?.leaves?.map(({ segment }) => segment)).toEqual(['language=en']);
    expect(reallocationChange(seen, steps, frozen, 'bandit')?.decision.action).toBe('reallocate');
    const still = treeStep({ view: view(60, 60), leaves: [held], openings: [] });
    expect(reallocationChange(seen, still, frozen, 'bandit')).toBeNull();
    const over = treeStep({ view: view(60, 60), leaves: [german], openings: [] });
    expect(reallocationChange(seen, over, frozen, 'bandit')?.decision.action).toBe('unfreeze');
  });

  it('begin a leaf, and an epoch of the chain around it, whose units are others from now on', () => {
    const openings = [
      { segment: 'language=de/plan=pro', depth: 2, units: [210, 220] },
      { segment: 'language=it', depth: 1, units: [300, 205] },
    ];
    const settled = { segment: 'language=de', view: view(60, 60) };
    const steps = treeStep({ view: view(60, 60), leaves: [settled], openings });
    expect(steps.opened).toMatchObject([
      { segment: 'language=de/plan=pro', partsFrom: 'language=de', units: { control: 210, treatment: 220 } },
      { segment: 'language=it', partsFrom: '' },
    ]);
    const change = reallocationChange(seen, steps, nothing, 'bandit');
    expect(change?.leaves?.map(({ segment, cause, weights }) => [segment, cause, weights])).toEqual([
      ['language=de/plan=pro', 'segments', { control: 0.5, treatment: 0.5 }],
      ['language=it', 'segments', { control: 0.5, treatment: 0.5 }],
      ['language=de', 'segments', undefined],
    ]);
    expect(change?.epoch).toMatchObject({ cause: 'segments' });
    expect(change?.epoch).not.toHaveProperty('weights');
  });

  it('hold what a leaf parts from, for its step would rest on units some of whom leave', () => {
    const openings = [{ segment: 'language=it', depth: 1, units: [200, 200] }];
    const steps = treeStep({ view: view(40, 90), leaves: [german], openings });
    expect(steps.root).toMatchObject({ outcome: 'burn-in', weights: null });
    expect(steps.root.reason).toContain('language=it');
    expect(steps.leaves.map(({ outcome }) => outcome)).toEqual(['moved']);
    expect(reallocationChange(seen, steps, nothing, 'bandit')?.epoch).toMatchObject({ cause: 'segments' });
    // Nothing would end the burn-in of a variant without traffic: equal shares rest on no units.
    const starved = view(40, 90, { present: [1, 0], moments: [binaryMoments(40, 200), binaryMoments(0, 0)] });
    expect(treeStep({ view: starved, leaves: [], openings }).root.weights).toEqual({
      control: 0.5,
      treatment: 0.5,
    });
  });

  it('begin a leaf with equal shares of those that are served, as far as the largest step goes', () => {
    const present = [0.9, 0.1];
    expect(openingWeights(view(60, 60, { present }))).toEqual({ control: 0.5, treatment: 0.5 });
    const limited = view(60, 60, { present, bandit: { ...bandit, maximumStep: 0.1 } });
    expect(openingWeights(limited)['control']).toBeCloseTo(0.8, 12);
    expect(openingWeights(view(60, 60, { present: [1, 0], excluded: ['treatment'] }))).toEqual({
      control: 1,
      treatment: 0,
    });
    const reserved = view(60, 60, { present, bandit: { ...bandit, controlShare: 0.4 } });
    // 0.4 and 0.05 are reserved, and what is left is shared: 0.4 + 0.55 / 2.
    expect(openingWeights(reserved)['control']).toBeCloseTo(0.675, 12);
  });
});

describe('a new allocation', () => {
  const leaf = (segment: string, number: number) => ({ ...firstEpoch(seen), segment, number });
  const leafEpochs = [leaf('language=de', 2), leaf('language=de/plan=pro', 3)];

  it('begins an epoch of the root where leaves cease to be served, and where they begin again', () => {
    const fixed = otherUnits(seen, { mode: 'fixed' }, leafEpochs);
    expect(fixed.epoch).toMatchObject({
      cause: 'segments',
      evidence: { before: ['language=de', 'language=de/plan=pro'], after: [] },
    });
    expect(fixed).not.toHaveProperty('leaves');
    const back = otherUnits({ ...seen, allocation: { mode: 'fixed' } }, bandit, leafEpochs);
    expect(back.epoch?.evidence).toMatchObject({
      before: [],
      after: ['language=de', 'language=de/plan=pro'],
    });
  });

  it('begins one of the leaf to which units of a leaf further down come back', () => {
    const shorter: Bandit = { ...bandit, segments: { attributes: ['language'] } };
    const change = otherUnits(seen, shorter, leafEpochs);
    expect(change.leaves?.map(({ segment, cause }) => [segment, cause])).toEqual([
      ['language=de', 'segments'],
    ]);
  });

  it('begins none where the same leaves go on', () => {
    expect(otherUnits(seen, { ...bandit, floor: 0.1 }, leafEpochs)).toEqual({});
    expect(otherUnits(seen, { mode: 'fixed' }, [])).toEqual({});
  });
});
