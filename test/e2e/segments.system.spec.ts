import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { SegmentStore } from '../../src/metrics/segment.store.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('segments of units', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    await server.call('POST', '/v1/experiments', {
      key: 'segments',
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'user_rating' },
    });
    expect((await server.call('POST', '/v1/experiments/segments/start')).status).toBe(200);
    for (let index = 0; index < 120; index += 1) {
      const attributes = {
        plan: index % 4 === 0 ? 'pro' : 'free',
        beta: index % 2 === 0,
        visit: index,
      };
      const about = { experiment: 'segments', unit: `unit-${index}`, attributes };
      expect((await server.call('POST', '/v1/assignments', about)).status).toBe(200);
    }
    await server.call('POST', '/v1/assignments', { experiment: 'segments', unit: 'bare' });
    await server.app.get(ExposureWriter, { strict: false }).drained();
  });
  afterAll(() => server.close());

  const totals = async (share: number) => {
    const { id } = await server.app.get(ExperimentsService, { strict: false }).find('segments');
    return server.app.get(SegmentStore, { strict: false }).totals({ experimentId: id, phase: 0, share });
  };

  it('are the values of attributes that few units each do not make up', async () => {
    const all = await totals(1);
    const sums = new Map<string, number>();
    for (const { attribute, value, units } of all)
      sums.set(`${attribute}=${value}`, (sums.get(`${attribute}=${value}`) ?? 0) + units);
    expect(Object.fromEntries(sums)).toEqual({
      'beta=false': 60,
      'beta=true': 60,
      'plan=free': 90,
      'plan=pro': 30,
    });
  });

  it('are read of a random share of units, the same at every reading', async () => {
    const half = await totals(0.5);
    const units = half
      .filter(({ attribute }) => attribute === 'plan')
      .reduce((sum, total) => sum + total.units, 0);
    // 120 units with probability 1/2 each: within 5 standard deviations.
    expect(Math.abs(units - 60)).toBeLessThan(28);
    expect(await totals(0.5)).toEqual(half);
  });
});
