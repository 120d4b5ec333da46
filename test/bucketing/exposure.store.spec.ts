import type { Exposure } from '../../src/bucketing/exposure.js';
import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import { openDatabase } from '../metrics/measurement.fixture.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';

const exposedAt = new Date('2026-01-07T10:20:30Z');
const exposureOf = (unitId: string, attributes: Exposure['attributes'] = null): Exposure => ({
  experimentId: 1,
  unit: unitKey(unitId),
  phase: 0,
  unitId,
  variant: 'a',
  epoch: 1,
  reason: 'split',
  propensity: 0.5,
  exposedAt,
  cohortDay: '2026-01-07',
  cohortBin: new Date('2026-01-07T00:00:00Z'),
  attributes,
});

describe('exposures of units with ids that no text can hold', () => {
  let server: Awaited<ReturnType<typeof openDatabase>>;
  let database: StartedDatabase;
  beforeAll(async () => {
    server = await openDatabase();
    database = await server.open();
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('are stored under their keys like any other, without the id', async () => {
    const store = new ExposureStore(database.dataSource);
    const exposures = [
      exposureOf('user-1', { plan: 'pro' }),
      exposureOf('nul\0', { plan: 'pro\0', 'key\0': 1 }),
      exposureOf('half \ud83d', { plan: '\ude00' }),
    ];
    await database.transactions.run((manager) => store.write(exposures, 1, manager));
    const rows: object[] = await database.dataSource.query(
      'SELECT unit, unit_id AS "unitId", attributes FROM exposure WHERE experiment_id = 1',
    );
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        { unit: unitKey('user-1'), unitId: 'user-1', attributes: { plan: 'pro' } },
        { unit: unitKey('nul\0'), unitId: null, attributes: { plan: 'pro\ufffd', 'key\ufffd': 1 } },
        { unit: unitKey('half \ud83d'), unitId: null, attributes: { plan: '\ufffd' } },
      ]),
    );
  });
});
