import { serviceAddress } from '../database/services.fixture.js';
import { interleaveTraffic } from './traffic-interleavings.fixture.js';

describe('whatever is done to an experiment, in whatever order, by three processes on PostgreSQL', () => {
  it('no invariant breaks', async () => {
    serviceAddress('DATABASE_URL');
    // Ten times as many: traffic.faults.spec.ts.
    await interleaveTraffic(1_000);
  }, 600_000);
});
