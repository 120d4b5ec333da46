import { AnalysisService } from '../../src/analysis/analysis.service.js';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { dumpOf } from '../generations/dump.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const key = 'exp_summarize_v2';

describe("the erasure of a unit's data", () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
  });
  afterAll(() => server.close());

  const report = async () => {
    const { asOf: _asOf, ...rest } = await server.app.get(AnalysisService, { strict: false }).report(key);
    return rest;
  };

  let lives = 0;
  /** Until all that was measured is written: of each life, a summary and a rating. */
  const settle = async () => {
    while ((await report()).health.outcomes < 2 * lives)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await server.app.get(ExposureWriter, { strict: false }).drained();
    await server.app.get(GenerationLog, { strict: false }).drained();
  };
  const live = async (unit: string) => {
    await server.call('POST', '/v1/assignments', {
      experiment: key,
      unit,
      attributes: { note: `${unit}-attribute` },
    });
    const { body } = await server.call(
      'POST',
      '/api/summarize',
      { text: `The ${unit}-prompt was long. It said nothing.` },
      { 'x-user-id': unit },
    );
    const outcome = { id: `of-${unit.length}`, metrics: { user_rating: 4 }, tags: { said: `${unit}-tag` } };
    const sent = { outcomes: [{ ...outcome, token: body.experiment.token }] };
    expect((await server.call('POST', '/v1/outcomes', sent)).status).toBe(202);
    lives += 1;
    await settle();
  };
  it('takes its words out of every table, and changes no result', async () => {
    await live('canary');
    await live('other-bird');
    const before = await report();
    expect((await dumpOf(server)).match(/canary(-\w+)?/g)).toEqual(
      expect.arrayContaining(['canary', 'canary-attribute', 'canary-prompt', 'canary-tag']),
    );
    const { status, body } = await server.call('DELETE', '/v1/units/canary/data');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        erased: { generations: 1, exposures: 1, outcomes: 1, links: 0 },
        archivedDays: [],
        forcedIn: [],
      },
    });
    const dump = await dumpOf(server);
    expect(dump).not.toContain('canary');
    for (const kept of ['other-bird', 'other-bird-attribute', 'other-bird-prompt', 'other-bird-tag'])
      expect(dump).toContain(kept);
    expect(await report()).toEqual(before);
  });

  it('leaves a mark where a generation was', async () => {
    const { body } = await server.call('GET', `/v1/experiments/${key}/generations`);
    const erased = body.generations.filter(({ erasedAt }: { erasedAt: unknown }) => erasedAt !== null);
    expect(erased).toMatchObject([{ unit: null, prompt: null, response: null, outcome: 'finished' }]);
    expect(erased[0].usage.inputTokens).toBeGreaterThan(0);
  });

  it('reaches what an id was linked to', async () => {
    await live('canary-visitor');
    const link = { unit: 'canary-user', anonymous: 'canary-visitor' };
    const { status } = await server.call('POST', '/v1/units/link', link);
    expect([200, 201]).toContain(status);
    expect((await server.call('DELETE', '/v1/units/canary-user/data')).body.erased).toEqual({
      generations: 1,
      exposures: 1,
      outcomes: 1,
      links: 1,
    });
    expect(await dumpOf(server)).not.toContain('canary');
  });

  it('says where the unit is still named, and finds nothing of one that nobody knows', async () => {
    await server.call('PATCH', `/v1/experiments/${key}`, { forced: { tester: 'control' } });
    expect((await server.call('DELETE', '/v1/units/tester/data')).body).toMatchObject({
      erased: { generations: 0, exposures: 0, outcomes: 0, links: 0 },
      forcedIn: [key],
    });
  });
});
