import { percentage } from '../../src/experiments/admission.schema.js';
import { CreateExperiment, rampStep } from '../../src/experiments/experiment.schema.js';
import { slotsOfPercentage } from '../../src/bucketing/slot.js';
import { slotCount } from '../../src/experiments/weight-epoch.js';

describe('a percentage of units', () => {
  it.each([0, 0.01, 33.333, 99.99, 100])('may be %d', (percent) => {
    expect(percentage.parse(percent)).toBe(percent);
    // Nobody and everybody only where these were asked for.
    expect(slotsOfPercentage(percent) === 0).toBe(percent === 0);
    expect(slotsOfPercentage(percent) === slotCount).toBe(percent === 100);
  });

  it.each([1e-9, 0.0099, 99.991, 99.999])(
    'is refused at %d, which would be nobody or everybody',
    (percent) => {
      const message = percentage.safeParse(percent).error?.issues[0]?.message;
      expect(message).toContain(`${percent} is closer to none or all than one of the 10,000 slots`);
      expect(rampStep.safeParse({ after: 'PT1H', coverage: percent }).success).toBe(false);
      expect(CreateExperiment.shape.coverage.safeParse(percent).success).toBe(false);
    },
  );
});
