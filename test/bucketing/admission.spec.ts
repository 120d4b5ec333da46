import fc from 'fast-check';
import type { Experiment } from '../../src/experiments/experiment.js';
import { asksForPin, assign, needsPinToStay } from '../../src/bucketing/assign.js';
import { compileExperiment } from '../../src/bucketing/compiled-experiment.js';
import { hashUnit } from '../../src/bucketing/unit-hash.js';
import { experimentWith, firstEpoch, units } from './experiment-fixtures.js';

const germans = { attribute: 'language', operator: 'starts-with', value: 'de' } as const;
const german = { language: 'de-CH' };
const pin = { variant: 'control', epoch: 1 };

function compiled(changes: Partial<Experiment>) {
  const experiment = experimentWith(changes);
  return compileExperiment(experiment, firstEpoch(experiment));
}

describe('assign, with a rule', () => {
  const running = compiled({ targeting: germans });

  it('serves units that the rule is about what they would get without it', () => {
    const everyone = compiled({});
    for (const unit of units.slice(0, 200)) {
      const [meant, same] = [
        assign(running, hashUnit(unit), undefined, german),
        assign(everyone, hashUnit(unit), undefined),
      ];
      expect(meant).toEqual(same);
    }
  });

  it('asks for the pin of any other unit, which keeps what it was exposed to, or gets the fallback', () => {
    for (const attributes of [{}, { language: 'fr' }, undefined]) {
      expect(assign(running, hashUnit('u'), undefined, attributes)).toBe(needsPinToStay);
      expect(assign(running, hashUnit('u'), null, attributes)).toMatchObject({
        variant: null,
        reason: 'not-targeted',
        exposes: false,
      });
      expect(assign(running, hashUnit('u'), pin, attributes)).toMatchObject({
        variant: 'control',
        reason: 'pinned',
      });
    }
  });

  it('tests the rule once, whatever the pin that is looked up then says', () => {
    const moved = { ...running, movedSlots: new Uint8Array(1_250).fill(255) };
    for (const [language, reason] of [
      ['de', 'split'],
      ['fr', 'not-targeted'],
    ] as const) {
      let readings = 0;
      const attributes = {
        get language() {
          readings += 1;
          return language;
        },
      };
      const asked = assign(moved, hashUnit('u'), undefined, attributes);
      if (!asksForPin(asked)) throw new Error('no pin was asked for');
      expect(assign(moved, hashUnit('u'), null, attributes, asked)).toMatchObject({ reason });
      expect(assign(moved, hashUnit('u'), pin, attributes, asked)).toMatchObject({ reason: 'pinned' });
      expect(readings).toBe(1);
    }
  });

  it('rolls out and ships to those alone whom the rule is about', () => {
    for (const status of ['rolling-out', 'concluded'] as const) {
      const later = compiled({ targeting: germans, status, decidedVariant: 'treatment' });
      expect(assign(later, hashUnit('u'), undefined, {})).toMatchObject({
        variant: null,
        reason: 'not-targeted',
      });
      expect(assign(later, hashUnit('u'), undefined, german)).toMatchObject({
        variant: expect.any(String) as string,
      });
    }
  });
});

describe('assign, with units that are forced', () => {
  const forced = { qa: 'treatment' };

  it.each(['draft', 'running', 'paused', 'rolling-out', 'concluded'] as const)(
    '%s: serves them their variant, unpinned and unexposed, whatever else would decide',
    (status) => {
      const experiment = compiled({ status, forced, coverage: 0, targeting: germans, admission: 'closed' });
      for (const known of [undefined, null, pin]) {
        expect(assign(experiment, hashUnit('qa'), known)).toMatchObject({
          variant: 'treatment',
          reason: 'forced',
          propensity: null,
          epoch: null,
          exposes: false,
        });
      }
    },
  );

  it.each(['archived', 'killed'] as const)('%s: serves them the fallback like everyone', (status) => {
    expect(assign(compiled({ status, forced }), hashUnit('qa'), undefined)).toMatchObject({ reason: status });
  });

  it('changes nothing for anyone else', () => {
    const [some, none] = [compiled({ forced }), compiled({})];
    for (const unit of units.slice(0, 200)) {
      expect(assign(some, hashUnit(unit), undefined)).toEqual(assign(none, hashUnit(unit), undefined));
    }
  });
});

describe('assign, in a layer', () => {
  const inLayer = (id: number, slots: [number, number][], changes: Partial<Experiment> = {}) =>
    compiled({ id, salt: `salt-${id}`, layer: { key: 'l', percent: 1, salt: 'layer', slots }, ...changes });
  const meets = (experiment: ReturnType<typeof compiled>, unit: string) => {
    const decision = assign(experiment, hashUnit(unit), null);
    return !asksForPin(decision) && decision.reason !== 'excluded';
  };

  it('lets each unit meet at most one of its experiments, and exactly one where they claim all slots', () => {
    const cut = fc.integer({ min: 1, max: 9_999 });
    fc.assert(
      fc.property(cut, cut, fc.array(fc.string({ minLength: 1 }), { minLength: 20 }), (a, b, ids) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const experiments = [
          inLayer(1, [[0, low]]),
          inLayer(2, [[low, high]], { status: 'rolling-out', phase: 1 }),
          inLayer(3, [[high, 10_000]]),
        ];
        for (const unit of ids) expect(experiments.filter((each) => meets(each, unit))).toHaveLength(1);
      }),
    );
  });

  it('lets in the share of units that its slots are, and splits them as if there were no layer', () => {
    const experiment = inLayer(1, [
      [0, 1_000],
      [5_000, 7_000],
    ]);
    const inside = units.filter((unit) => meets(experiment, unit));
    // Four standard deviations of a share of 0.3 among 2,000 units.
    expect(Math.abs(inside.length / units.length - 0.3)).toBeLessThan(0.041);
    const treated = inside.filter((unit) => {
      const decision = assign(experiment, hashUnit(unit), undefined);
      return !asksForPin(decision) && decision.variant === 'treatment';
    });
    expect(Math.abs(treated.length / inside.length - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / inside.length));
  });

  it('ships its winner to all units of the layer but those held back, wherever their slots are', () => {
    const slots: [number, number][] = [[0, 3_000]];
    const shipped = inLayer(1, slots, { status: 'concluded', decidedVariant: 'treatment', holdback: 50 });
    const alone = compiled({
      status: 'concluded',
      decidedVariant: 'treatment',
      holdback: 50,
      salt: 'salt-1',
    });
    for (const unit of units) {
      expect(assign(shipped, hashUnit(unit), undefined)).toEqual(assign(alone, hashUnit(unit), undefined));
    }
  });
});
