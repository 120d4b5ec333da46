import { identityOf, readSpooled, spooledBytes } from '../../../src/metrics/spool/spooled-outcome.mapper.js';
import { outcomeWith } from './outcome.fixture.js';

const experiment = identityOf({ key: 'exp', createdAt: new Date('2026-01-02T03:04:05.678Z') });

describe('a spooled outcome', () => {
  it('is read as it was written, with its dates and the exposure that it proves', () => {
    const proof = {
      experimentId: 1,
      unit: outcomeWith(1).unit,
      phase: 2,
      unitId: 'Zoë\u2028',
      variant: 'b',
      epoch: 3,
      reason: 'token',
      propensity: 0.1 + 0.2,
      exposedAt: new Date('2026-03-01T09:29:59.999Z'),
      cohortDay: '2026-03-01',
      cohortBin: new Date('2026-03-01T09:00:00Z'),
      attributes: { plan: 'pro' },
    };
    const outcome = outcomeWith(1, {
      tags: { locale: 'de' },
      measures: [{ metric: 5, value: 1e-12 }],
      proof,
    });
    expect(readSpooled(spooledBytes({ outcome, experiment }))).toEqual({ outcome, experiment });
    const bare = { outcome: outcomeWith(2), experiment };
    expect(readSpooled(spooledBytes(bare))).toEqual(bare);
  });

  it('of another format is nothing that could be read', () => {
    expect(readSpooled(Buffer.from('{"format":2,"rows":[]}'))).toBeNull();
  });

  it('names its experiment so that one of another database is another', () => {
    expect(experiment).toBe('exp@2026-01-02T03:04:05.678Z');
  });
});
