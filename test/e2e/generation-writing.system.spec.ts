import { jest } from '@jest/globals';
import { AssignmentService } from '../../src/bucketing/assignment.service.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { GenerationWriter, type GenerationBatch } from '../../src/generations/generation-writer.service.js';
import { GenerationRetention } from '../../src/generations/retention/generation-retention.service.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { dataSourceOf, dumpOf } from '../generations/dump.fixture.js';
import { startServer, type StartedServer } from './server.fixture.js';

const day = 86_400_000;

async function summarize(server: StartedServer, user: string, text: string) {
  const { status, body } = await server.call('POST', '/api/summarize', { text }, { 'x-user-id': user });
  expect(status).toBe(200);
  await server.app.get(GenerationLog, { strict: false }).drained();
  return body;
}

describe('the writing of generations', () => {
  let server: StartedServer;
  let said = '';
  beforeAll(async () => {
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
    server = await startServer({
      ASSAY_SIMULATED_TIME_SCALE: '0',
      ASSAY_GENERATION_RETENTION: 'P2D',
      ASSAY_REDACT: 'canary-\\w+',
      ASSAY_LOG_LEVEL: 'verbose',
      ASSAY_LOG_FORMAT: 'json',
    });
    server.stopTimers();
  });
  afterAll(async () => {
    await server.close();
    jest.restoreAllMocks();
  });

  const receipts = async () =>
    (await server.call('GET', '/v1/experiments/exp_summarize_v2/results')).body.health.receipts;
  const rows = async () =>
    (await server.call('GET', '/v1/experiments/exp_summarize_v2/generations?limit=100')).body.generations;

  it('keeps what a pattern finds out of every table and every line of the log', async () => {
    const { summary } = await summarize(server, 'patterns', 'The canary-bird sang. It sang well.');
    expect(summary).toContain('canary-bird');
    expect(await dumpOf(server)).toContain('The [redacted] sang');
    expect(await dumpOf(server)).not.toContain('canary-bird');
    expect(said.length).toBeGreaterThan(0);
    expect(said).not.toContain('canary-bird');
  });

  it('replaces what no database can hold', async () => {
    // HTTP would refuse it; an application may ask with any text.
    const assigned = await server.app.get(AssignmentService).assign('exp_summarize_v2', 'nul');
    const [llm, log] = [LlmService, GenerationLog].map((service) =>
      server.app.get(service, { strict: false }),
    ) as [LlmService, GenerationLog];
    const subject = { assignment: { ...assigned, unitId: 'nul' }, interaction: null };
    const stop = llm.addObserver({ observe: (event) => log.record(subject, event) });
    await llm.generate(assigned.config, 'The first\0 sentence has half a \ud83d pair. The second has none.');
    stop();
    await log.drained();
    expect((await rows())[0].prompt.messages[0].text).toBe(
      'The first\ufffd sentence has half a \ufffd pair. The second has none.',
    );
  });

  it('writes and counts a batch once, however often it is sent', async () => {
    const writer = server.app.get(GenerationWriter, { strict: false });
    const write = writer.write.bind(writer);
    const sent: GenerationBatch[] = [];
    writer.write = async (batch, dropped) => {
      sent.push(batch);
      await write(batch, dropped);
      // The commit is there, and nobody hears of it.
      if (sent.length === 1) throw Object.assign(new Error('the connection broke'), { code: '08006' });
    };
    const before = (await receipts()).generations;
    await summarize(server, 'twice', 'It is said once. It is sent twice.');
    writer.write = write;
    expect(sent.map(({ id }) => id)).toEqual([sent[0]?.id, sent[0]?.id]);
    expect((await receipts()).generations).toBe(before + 1);
    const { body } = await server.call('GET', '/v1/experiments/exp_summarize_v2/generations?unit=twice');
    expect(body.generations).toHaveLength(1);
  });

  it('counts what was lost, and warns of it', async () => {
    const log: unknown = server.app.get(GenerationLog, { strict: false });
    const { id } = (await dataSourceOf(server).query(`SELECT id FROM experiment`))[0];
    (log as { dropped: Map<number, number> }).dropped.set(id, 12);
    await summarize(server, 'after', 'The database is back. All is well.');
    const { body } = await server.call('GET', '/v1/experiments/exp_summarize_v2/results');
    expect(body.health.receipts.dropped).toBe(12);
    expect(body.health.warnings).toContainEqual({
      code: 'GENERATIONS_DROPPED',
      message: expect.stringMatching(/^12 generations were lost/),
    });
  });

  it('has the text of every variant from the start', async () => {
    const { body } = await server.call('GET', '/v1/experiments/exp_summarize_v2');
    const prompts: { content: object }[] = await dataSourceOf(server).query(`SELECT content FROM prompt`);
    for (const { config } of body.variants) expect(prompts).toContainEqual({ content: config });
  });

  it('is undone day by day once a generation is older than it is kept; receipts stay', async () => {
    const { generations } = await receipts();
    const old = await rows();
    server.advance(2 * day);
    await summarize(server, 'later', 'It is later now. Much later.');
    const retention = server.app.get(GenerationRetention, { strict: false });
    expect(await retention.run()).toEqual([]);
    server.advance(day);
    expect(await retention.run()).toEqual([old[0].at.slice(0, 10)]);
    expect(await rows()).toHaveLength(1);
    expect((await receipts()).generations).toBe(generations + 1);
    await summarize(server, 'latest', 'It is later still. It goes on.');
    expect(await rows()).toHaveLength(2);
  });
});
