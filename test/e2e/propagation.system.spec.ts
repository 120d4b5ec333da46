import { PropagationJob } from '../../src/propagation/propagation.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('GET /v1/propagation', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  it('shows this process and how long its probes took to come back', async () => {
    const job = server.app.get(PropagationJob, { strict: false });
    for (let probe = 0; probe < 3; probe += 1) await job.tick();
    const { status, body } = await server.call('GET', '/v1/propagation');
    expect(status).toBe(200);
    expect(body.replicas).toHaveLength(1);
    expect(body.replicas[0]).toMatchObject({ pid: process.pid, current: true, probes: 2 });
    expect(body.replicas[0].p99Seconds).toBeGreaterThanOrEqual(0);
    expect(body.replicas[0].p99Seconds).toBeLessThan(30);
  });
});
