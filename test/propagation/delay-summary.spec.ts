import { delaySummary } from '../../src/propagation/delay-summary.js';

describe('the summary of delays', () => {
  it('is in seconds, with the median and the 99th percentile by nearest rank', () => {
    const delays = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(delaySummary(delays)).toEqual({
      probes: 200,
      medianSeconds: 0.1,
      p99Seconds: 0.198,
      latestSeconds: 0.001,
    });
  });

  it('knows nothing before the first probe', () => {
    expect(delaySummary([])).toEqual({
      probes: 0,
      medianSeconds: null,
      p99Seconds: null,
      latestSeconds: null,
    });
  });
});
