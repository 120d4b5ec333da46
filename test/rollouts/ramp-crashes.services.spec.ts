import { serviceAddress } from '../database/services.fixture.js';
import { playCrashingRamps } from './crashing-ramps.fixture.js';

describe('ramps of three processes that die at every stop point', () => {
  it('take every step exactly once', async () => {
    serviceAddress('DATABASE_URL');
    // Twenty times as many: traffic.faults.spec.ts.
    await playCrashingRamps(50);
  }, 600_000);
});
