import type { Experiment, Status } from '../../src/experiments/experiment.js';
import { asksForPin, assign, forcedDecision, needsPin, staleDecision } from '../../src/bucketing/assign.js';
import {
  groupOf,
  holdbackGroup,
  unknownExperiment,
  type AssignmentDecision,
  type Pin,
} from '../../src/bucketing/assignment.js';
import { compileExperiment, type CompiledExperiment } from '../../src/bucketing/compiled-experiment.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { experimentWith, firstEpoch, nextEpoch, units } from './experiment-fixtures.js';

function compiled(changes: Partial<Experiment> = {}): CompiledExperiment {
  const experiment = experimentWith(changes);
  return compileExperiment(experiment, firstEpoch(experiment));
}

/** Every slot of it belonged to control and now belongs to treatment. */
function allMoved(changes: Partial<Experiment> = {}): CompiledExperiment {
  const experiment = experimentWith(changes);
  const start = nextEpoch(experiment, { ...firstEpoch(experiment), number: 0 }, [1, 0]);
  return compileExperiment(experiment, nextEpoch(experiment, start, [0, 1]), [start]);
}

function decided(from: CompiledExperiment, unit: string, pin?: Pin | null): AssignmentDecision {
  const decision = assign(from, hashUnit(unit), pin);
  if (asksForPin(decision)) throw new Error(`${unit} needs its pin`);
  return decision;
}

const controlPin: Pin = { variant: 'control', epoch: 1 };
const answers: [string, Pin | null | undefined][] = [
  ['exposed before', controlPin],
  ['new', null],
  ['not looked up', undefined],
];
const fallback = { variant: null, config: { model: 'model of before' }, propensity: null, exposes: false };

describe('assign, in a state that serves the fallback to everyone', () => {
  const states: [Status, string][] = [
    ['draft', 'not-started'],
    ['scheduled', 'not-started'],
    ['imported', 'imported'],
    ['paused', 'paused'],
    ['archived', 'archived'],
    ['killed', 'killed'],
  ];
  const cases = states.flatMap(([status, reason]) =>
    answers.map(([who, pin]) => ({ status, reason, who, pin })),
  );

  it.each(cases)(
    '$status: a unit $who gets the fallback, because $reason, unexposed',
    ({ status, reason, pin }) => {
      for (const holdback of [0, 50]) {
        for (const admission of ['open', 'closed'] as const) {
          const experiment = compiled({ status, holdback, admission, coverage: 50 });
          expect(decided(experiment, 'user-1', pin)).toMatchObject({ ...fallback, reason });
        }
      }
    },
  );

  it('needs no weight epoch there', () => {
    const draft = compileExperiment(experimentWith({ status: 'draft' }), null);
    expect(decided(draft, 'user-1')).toEqual({ ...fallback, reason: 'not-started', epoch: null });
  });
});

describe('assign, running', () => {
  it('gives a new unit the owner of its slot', () => {
    const experiment = compiled();
    const variants = new Set(units.map((unit) => decided(experiment, unit, null).variant));
    expect(variants).toEqual(new Set(['control', 'treatment']));
    expect(decided(experiment, 'user-1', null)).toMatchObject({
      reason: 'split',
      propensity: 0.5,
      epoch: 1,
      exposes: true,
    });
  });

  it('serves the configuration of the variant it names', () => {
    for (const unit of units.slice(0, 50)) {
      const { variant, config } = decided(compiled(), unit);
      expect(config).toEqual({ model: `model of ${variant}`, examples: [variant] });
    }
  });

  it('needs no look-up while no slot has changed hands', () => {
    const experiment = compiled();
    for (const unit of units)
      expect(assign(experiment, hashUnit(unit), undefined)).toBe(assign(experiment, hashUnit(unit), null));
  });

  it('asks for the pin of a unit whose slot has changed hands', () => {
    expect(assign(allMoved(), hashUnit('user-1'), undefined)).toBe(needsPin);
    expect(decided(allMoved(), 'user-1', null)).toMatchObject({
      variant: 'treatment',
      reason: 'split',
      epoch: 2,
    });
  });

  it('keeps an exposed unit on its variant, with the epoch and the propensity it was assigned under', () => {
    const pinned = { variant: 'control', reason: 'pinned', exposes: true };
    expect(decided(allMoved(), 'user-1', controlPin)).toMatchObject({ ...pinned, epoch: 1, propensity: 1 });
    expect(decided(compiled(), 'user-1', controlPin)).toMatchObject({ ...pinned, epoch: 1, propensity: 0.5 });
    const unknownEpoch = { variant: 'control', epoch: 99 };
    expect(decided(compiled(), 'user-1', unknownEpoch)).toMatchObject({
      ...pinned,
      epoch: 99,
      propensity: null,
    });
  });

  it('keeps an exposed unit that is no longer let in', () => {
    expect(decided(compiled({ coverage: 0 }), 'user-1', controlPin)).toMatchObject({
      variant: 'control',
      reason: 'pinned',
    });
  });

  it('treats a pin to a variant it does not have as none', () => {
    const pin = { variant: 'elsewhere', epoch: 1 };
    expect(decided(allMoved(), 'user-1', pin)).toMatchObject({ variant: 'treatment', reason: 'split' });
  });

  it('serves the fallback, unexposed, outside its coverage', () => {
    const experiment = compiled({ coverage: 0 });
    expect(decided(experiment, 'user-1')).toMatchObject({ ...fallback, reason: 'not-eligible' });
  });
});

describe('assign, running with admission closed', () => {
  const closed = compiled({ admission: 'closed' });

  it.each([
    [
      'keeps an exposed unit on its variant',
      controlPin,
      { variant: 'control', reason: 'pinned', exposes: true },
    ],
    ['serves a new unit the fallback, unexposed', null, { ...fallback, reason: 'admission-closed' }],
  ])('%s', (_, pin, expected) => {
    expect(decided(closed, 'user-1', pin)).toMatchObject(expected);
  });

  it('asks for the pin of a unit that was not looked up, for only that tells new from exposed', () => {
    expect(assign(closed, hashUnit('user-1'), undefined)).toBe(needsPin);
  });

  it('admits nobody to the holdback either, and keeps who is in it', () => {
    const heldBack = compiled({ admission: 'closed', holdback: 100 });
    expect(decided(heldBack, 'user-1', null).reason).toBe('admission-closed');
    expect(decided(heldBack, 'user-1', { variant: holdbackGroup, epoch: 1 }).reason).toBe('holdback');
  });
});

describe('assign, rolling out', () => {
  const rolling = { status: 'rolling-out', phase: 1 } as const;

  it.each(answers)('gives a unit %s the owner of its slot: pins do not hold', (_, pin) => {
    const decision = { variant: 'treatment', reason: 'rollout', propensity: 1, epoch: 2, exposes: true };
    expect(decided(allMoved(rolling), 'user-1', pin)).toMatchObject(decision);
  });

  it('goes on with closed admission', () => {
    expect(decided(allMoved({ ...rolling, admission: 'closed' }), 'user-1').reason).toBe('rollout');
  });

  it('stays within the coverage of its epoch and leaves the holdback alone', () => {
    expect(decided(compiled({ ...rolling, coverage: 0 }), 'user-1').reason).toBe('not-eligible');
    expect(decided(compiled({ ...rolling, holdback: 100 }), 'user-1', controlPin).reason).toBe('holdback');
  });
});

describe('assign, concluded', () => {
  it.each(answers)('gives a unit %s the decided variant, and counts it no more', (_, pin) => {
    const experiment = compiled({
      status: 'concluded',
      decidedVariant: 'treatment',
      coverage: 10,
      admission: 'closed',
    });
    expect(decided(experiment, 'user-1', pin)).toMatchObject({
      variant: 'treatment',
      config: { model: 'model of treatment' },
      reason: 'shipped',
      exposes: false,
    });
  });

  it('ships control when no variant was decided on', () => {
    expect(decided(compiled({ status: 'concluded' }), 'user-1').variant).toBe('control');
  });

  it('keeps the holdback on the configuration of before', () => {
    const experiment = compiled({ status: 'concluded', decidedVariant: 'treatment', holdback: 100 });
    expect(decided(experiment, 'user-1')).toMatchObject({ ...fallback, reason: 'holdback', exposes: true });
  });
});

describe('the answers beside the table', () => {
  it('gives an unknown experiment an empty configuration', () => {
    expect(unknownExperiment).toMatchObject({
      variant: null,
      config: {},
      reason: 'unknown-experiment',
      exposes: false,
    });
  });

  it('gives a unit that cannot be looked up the fallback, unexposed', () => {
    expect(staleDecision(allMoved())).toMatchObject({ ...fallback, reason: 'stale' });
  });

  it('gives a forced unit the variant asked for, outside the analysis', () => {
    const forced = {
      variant: 'treatment',
      config: { model: 'model of treatment' },
      reason: 'forced',
      exposes: false,
    };
    expect(forcedDecision(compiled(), 'treatment')).toMatchObject(forced);
    expect(forcedDecision(compiled({ status: 'draft' }), 'treatment')).toMatchObject(forced);
    expect(forcedDecision(compiled(), 'elsewhere')).toBeUndefined();
  });

  it.each(['killed', 'archived'] as const)('forces nobody once %s', (status) => {
    expect(forcedDecision(compiled({ status }), 'treatment')).toMatchObject({ ...fallback, reason: status });
  });

  it('counts a unit without a variant in the holdback group', () => {
    expect(groupOf(null)).toBe('$holdback');
    expect(groupOf('control')).toBe('control');
  });
});
