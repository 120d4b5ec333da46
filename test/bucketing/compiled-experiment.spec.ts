import { compileExperiment } from '../../src/bucketing/compiled-experiment.js';
import { experimentWith, firstEpoch, nextEpoch } from './experiment-fixtures.js';

const experiment = experimentWith();
const epoch = firstEpoch(experiment);

describe('compileExperiment', () => {
  it('turns coverage and holdback into slots', () => {
    const changed = experimentWith({ coverage: 12.34, holdback: 5 });
    expect(compileExperiment(changed, firstEpoch(changed))).toMatchObject({
      coverageSlots: 1234,
      holdbackSlots: 500,
    });
  });

  it('takes coverage from the epoch, which is what is in force', () => {
    expect(compileExperiment(experiment, { ...epoch, coverage: 25 }).coverageSlots).toBe(2500);
  });

  it('keeps the propensities of every epoch it is given', () => {
    const second = nextEpoch(experiment, epoch, [70, 30]);
    expect([...compileExperiment(experiment, second, [epoch]).propensities]).toEqual([
      [1, [0.5, 0.5]],
      [2, [0.7, 0.3]],
    ]);
  });

  it('needs of earlier epochs no slots', () => {
    const past = { number: 1, phase: 0, weights: { control: 0.9, treatment: 0.1 } };
    const present = { ...epoch, number: 2 };
    expect(compileExperiment(experiment, present, [past]).propensities.get(1)).toEqual([0.9, 0.1]);
  });

  it('draws by three different seeds', () => {
    const { slotSeed, coverageSeed, holdbackSeed } = compileExperiment(experiment, epoch);
    expect(new Set([slotSeed, coverageSeed, holdbackSeed]).size).toBe(3);
  });

  it('makes answers that no request can change for the others', () => {
    const compiled = compileExperiment(experiment, epoch);
    for (const decision of [...compiled.drawn, ...compiled.pinned, ...Object.values(compiled.fallbacks)]) {
      expect(Object.isFrozen(decision)).toBe(true);
      expect(Object.isFrozen(decision.config)).toBe(true);
    }
    expect(() => Object.assign(compiled.drawn[0]!.config, { model: 'another' })).toThrow(TypeError);
  });

  it.each(['running', 'rolling-out'] as const)('refuses a %s experiment without a weight epoch', (status) => {
    expect(() => compileExperiment(experimentWith({ status }), null)).toThrow(/has no weight epoch/);
  });

  it('refuses an epoch that does not fit', () => {
    const stranger = Uint8Array.from(epoch.slots).fill(2, 0, 1);
    expect(() => compileExperiment(experiment, { ...epoch, slots: stranger })).toThrow(/variant number 2/);
    expect(() => compileExperiment(experiment, { ...epoch, slots: new Uint8Array(10) })).toThrow(
      /10 slots, not 10000/,
    );
  });
});
