import { AllocationService } from '../../src/allocation/allocation.service.js';
import { AssignmentService } from '../../src/bucketing/assignment.service.js';
import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { AttributionService } from '../../src/metrics/attribution.service.js';
import { listRoutes } from '../../src/operations/access/route-list.explorer.js';
import { RolloutService } from '../../src/rollouts/rollout.service.js';
import { LifecycleService } from '../../src/lifecycle/lifecycle.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

describe('the assembled server', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const inject = <T>(type: abstract new (...dependencies: never[]) => T): T =>
    server.app.get(type, { strict: false });

  it('shares one registry between experiments, bucketing, metrics, allocation and rollouts', () => {
    const registry = inject(RegistryService);
    const holders: object[] = [
      inject(ExperimentsService),
      inject(AssignmentService),
      inject(AttributionService),
    ];
    for (const holder of holders) expect(Object.values(holder)).toContain(registry);
    const lifecycle = inject(LifecycleService);
    const changes = Object.values(lifecycle).find((part: object) => Object.values(part).includes(registry));
    for (const holder of [inject(AllocationService), inject(RolloutService)] as object[]) {
      expect(Object.values(holder)).toContain(changes);
    }
  });

  it('opens only these routes to everyone', () => {
    const routes = listRoutes(server.app);
    expect(routes.filter(({ access }) => access === 'undeclared')).toEqual([]);
    const open = routes
      .filter(({ access }) => access === 'public')
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual([
      'DELETE /v1/session',
      'GET /',
      'GET /admin/experiments',
      'GET /admin/experiments/:id/results',
      'GET /assay.svg',
      'GET /assets/:file',
      'GET /client.js',
      'GET /health',
      'GET /health/live',
      'GET /health/ready',
      'GET /v1/session',
      'POST /api/feedback',
      'POST /api/summarize',
      'POST /api/summarize/stream',
      'POST /v1/feedback',
      'POST /v1/session',
    ]);
  });

  it('runs the example from the first start', async () => {
    const answer = await server.call(
      'POST',
      '/api/summarize',
      { text: 'One. Two. Three.' },
      { 'x-user-id': 'u1' },
    );
    expect(answer).toMatchObject({ status: 200, body: { experiment: { id: 'exp_summarize_v2' } } });
    expect(answer.headers).toMatchObject({ 'assay-experiment': 'exp_summarize_v2' });
    const rating = { experimentId: 'exp_summarize_v2', rating: 5, token: answer.body.experiment.token };
    expect((await server.call('POST', '/api/feedback', rating)).body).toEqual({ recorded: true });
    const asUser = { experimentId: 'exp_summarize_v2', rating: 5 };
    expect(await server.call('POST', '/api/feedback', asUser, { 'x-user-id': 'u1' })).toMatchObject({
      status: 200,
      body: { recorded: true },
    });
    const { results } = (await server.call('GET', '/admin/experiments/exp_summarize_v2/results')).body;
    expect(results[answer.body.experiment.variant]).toMatchObject({ sampleSize: 1, rating: { mean: 5 } });
  });

  it('describes its routes in OpenAPI 3.1 and its health in Prometheus', async () => {
    const { body } = await server.call('GET', '/docs/json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v1/assignments', '/v1/outcomes', '/health/ready']),
    );
    expect((await server.call('GET', '/metrics')).body).toContain('process_cpu_seconds_total');
  });
});
