import fc from 'fast-check';
import { modeSwitches, switchedModes } from '../../src/analysis/mode-switches.js';
import { precisionLoss } from '../../src/analysis/precision-loss.js';
import { adaptiveDifference } from '../../src/statistics/adaptive-estimate.js';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const allocated = (day: number, before: string, after: string) => ({
  action: `allocate: ${after}`,
  at: at(day),
  evidence: { before: { mode: before }, after: { mode: after } },
});
const epoch = (number: number, control: number) => ({ number, weights: { control, treatment: 1 - control } });
const experiment = { control: 'control' };

describe('precisionLoss', () => {
  it('is a quarter of the width for half of the units at nine to one', () => {
    // v = 4 and 100/9: N / (Σ N_e v_e^(−1/2)) / √4 = 2 / (0.5 + 0.3) / 2.
    const loss = precisionLoss('control', [epoch(1, 0.5), epoch(2, 0.9)], () => 100);
    expect(loss).toEqual({
      variant: 'treatment',
      widthRatio: expect.closeTo(1.25, 12),
      unitsShare: expect.closeTo(0.64, 12),
    });
  });

  it('is what the standard error of the difference turns out to be', () => {
    const worlds = fc.array(fc.double({ min: 0.05, max: 0.95, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(worlds, (later) => {
        const epochs = [epoch(1, 0.5), ...later.map((control, place) => epoch(place + 2, control))];
        const units = 10_000;
        // Values of mean 0 and variance 1, whatever the variant.
        const data = (weights: { control: number; treatment: number }) => ({
          propensities: [weights.control, weights.treatment],
          variants: [weights.control, weights.treatment].map((share) => ({
            units: share * units,
            sum: 0,
            squares: share * units,
          })),
        });
        const [moved, steady] = [epochs, epochs.map(() => epoch(1, 0.5))].map((each) =>
          adaptiveDifference(
            each.map(({ weights }) => data(weights)),
            0,
            1,
            { guess: 0 },
          ),
        );
        if (moved?.status !== 'ok' || steady?.status !== 'ok') throw new Error('both have an answer');
        expect(precisionLoss('control', epochs, () => units)?.widthRatio).toBeCloseTo(
          moved.standardError / steady.standardError,
          6,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('counts units, not epochs', () => {
    const epochs = [epoch(1, 0.5), epoch(2, 0.9)];
    expect(precisionLoss('control', epochs, (number) => (number === 1 ? 100 : 0))?.widthRatio).toBeCloseTo(
      1,
      12,
    );
    expect(precisionLoss('control', epochs, () => 0)).toBeNull();
  });
});

describe('switched modes', () => {
  it('are changes between fixed weights and a bandit, not new settings', () => {
    const decisions = [
      allocated(9, 'bandit', 'fixed'),
      allocated(8, 'bandit', 'bandit'),
      allocated(7, 'fixed', 'bandit'),
    ];
    expect(modeSwitches(decisions)).toEqual([
      { to: 'bandit', at: at(7) },
      { to: 'fixed', at: at(9) },
    ]);
  });

  it('come with the precision that they cost', () => {
    const decisions = [allocated(7, 'fixed', 'bandit')];
    const sentence = switchedModes(experiment, [epoch(1, 0.5), epoch(2, 0.9)], decisions, () => 100);
    expect(sentence).toContain('switched to bandit on 2026-01-07');
    expect(sentence).toContain('25 % wider');
    expect(sentence).toContain('36 % of the units');
  });

  it('say when there is nothing to say yet, nothing lost, or everything', () => {
    const decisions = [allocated(7, 'fixed', 'bandit')];
    const said = (epochs: ReturnType<typeof epoch>[], units: number) =>
      switchedModes(experiment, epochs, decisions, () => units);
    expect(said([epoch(1, 0.5)], 0)).toContain('known once units come');
    expect(said([epoch(1, 0.5)], 9)).toContain('costs no precision');
    expect(
      switchedModes(experiment, [epoch(1, 0.5), epoch(2, 0)], decisions, (number) => (number === 2 ? 9 : 0)),
    ).toContain('no unit');
    expect(switchedModes(experiment, [epoch(1, 0.5)], [], () => 9)).toBeNull();
  });
});
