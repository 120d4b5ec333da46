import type { DayTotals } from '../../src/analysis/time/strata.js';
import { stageFigures, stageHarm } from '../../src/rollouts/stage-figures.js';
import { seededRandom } from '../allocation/thompson-sampler.js';
import { binaryMoments, metricWith } from '../allocation/fixtures.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const experiment = experimentWith();
const rollout = { winner: 'treatment', stages: [{ percent: 75, hold: 'P1D' }, { percent: 100 }] };
const completed = metricWith({ key: 'task_completed', direction: 'increase' });
const errors = metricWith({ key: 'error', direction: 'decrease' });

const periods = [{ epochs: [2], weights: { control: 0.25, treatment: 0.75 } }];
function days(metric: string, control: [number, number], treatment: [number, number]): DayTotals<string> {
  const sides = { control, treatment };
  const day = '2026-01-20';
  const rows = Object.entries(sides).map(([variant, [successes, units]]) => ({ variant, successes, units }));
  return {
    totals: rows.map(({ variant, successes, units }) => ({
      variant,
      metric,
      epoch: 2,
      day,
      moments: binaryMoments(successes, units),
    })),
    exposed: rows.map(({ variant, units }) => ({ variant, epoch: 2, day, units })),
  };
}

describe('stageFigures', () => {
  it('finds a winner that is surely worse than what is left of control, whichever way its metric points', () => {
    const fewer = stageFigures(experiment, rollout, [completed], {
      periods,
      days: days('task_completed', [60, 100], [75, 300]),
    });
    expect(fewer).toMatchObject([
      { metric: 'task_completed', verdict: 'worse', difference: -0.35, units: { winner: 300, control: 100 } },
    ]);
    expect(fewer[0]?.interval?.[1]).toBeLessThan(0);
    const more = stageFigures(experiment, rollout, [errors], {
      periods,
      days: days('error', [2, 100], [120, 300]),
    });
    expect(more).toMatchObject([{ verdict: 'worse' }]);
    expect(stageHarm(more)).toMatch(
      /^does harm in this stage: error of treatment differs from control by 0.38/,
    );
  });

  it('leaves open what may be chance, and calls better what is', () => {
    const verdict = (control: [number, number], treatment: [number, number]) =>
      stageFigures(experiment, rollout, [completed], {
        periods,
        days: days('task_completed', control, treatment),
      })[0]?.verdict;
    expect(verdict([50, 100], [140, 300])).toBe('open');
    expect(verdict([30, 100], [200, 300])).toBe('better');
    expect(verdict([10, 10], [0, 300])).toBe('open');
    // Without any spread there is no interval; enough units that look worse are not waved through.
    expect(verdict([100, 100], [0, 300])).toBe('unclear');
    expect(verdict([0, 100], [300, 300])).toBe('open');
    expect(stageHarm([])).toBeNull();
  });

  it('compares nothing where control is rolled out itself', () => {
    const back = { ...rollout, winner: 'control' };
    const totals = { periods, days: days('task_completed', [60, 100], [75, 300]) };
    expect(stageFigures(experiment, back, [completed], totals)).toEqual([]);
  });

  it('shares alpha over the stages and the primary metrics', () => {
    const three = {
      ...rollout,
      stages: [...rollout.stages.slice(0, 1), ...rollout.stages, ...rollout.stages],
    };
    const totals = { periods, days: days('error', [2, 100], [120, 300]) };
    const [figure] = stageFigures(experiment, three, [completed, errors], totals);
    expect(figure?.alpha).toBeCloseTo(0.05 / 8, 12);
  });

  it('sends a winner that is as good as control back in no more stages than alpha allows', () => {
    const random = seededRandom(20260120);
    let sentBack = 0;
    for (let stage = 0; stage < 60; stage += 1) {
      const counts = { control: [0, 0] as [number, number], treatment: [0, 0] as [number, number] };
      let harm = false;
      for (let unit = 1; unit <= 1_500 && !harm; unit += 1) {
        const side = random() < 0.75 ? counts.treatment : counts.control;
        side[1] += 1;
        if (random() < 0.4) side[0] += 1;
        if (unit % 250 !== 0) continue;
        const totals = { periods, days: days('task_completed', counts.control, counts.treatment) };
        harm = stageHarm(stageFigures(experiment, rollout, [completed], totals)) !== null;
      }
      if (harm) sentBack += 1;
    }
    expect(sentBack).toBeLessThanOrEqual(6);
  });
});
