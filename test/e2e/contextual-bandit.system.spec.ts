import { banditScene, burnIn, definition, everyTenth, minute } from './bandit.fixture.js';
import { startRestartingServer, type RestartingServer } from './restarting-server.fixture.js';
import type { StartedServer } from './server.fixture.js';

const segments = { attributes: ['language', 'plan'], minimumUnits: 40 };
const allocation = { mode: 'bandit', reward: 'task_completed', burnIn, floor: 0.05, segments };

/** Successes in ten: in German the treatment wins, in English it loses. */
const tenths = (language: string | null, variant: string): number =>
  language === null ? 5 : (language === 'de') === (variant === 'treatment') ? 9 : 2;

interface Answer {
  readonly variant: string;
  readonly epoch: number;
  readonly propensity: number;
  readonly reason: string;
}

describe('a bandit with segments over REST', () => {
  let restarting: RestartingServer;
  let server: StartedServer;
  beforeAll(async () => {
    restarting = await startRestartingServer();
    server = restarting.current();
    server.stopTimers();
  });
  afterAll(() => restarting.close());
  const { start, allocate, reallocate, actions } = banditScene(() => server);

  const assign = async (experiment: string, unit: string, attributes?: object, more: object = {}) =>
    (
      await server.call('POST', '/v1/assignments', {
        experiment,
        unit,
        ...(attributes ? { attributes } : {}),
        ...more,
      })
    ).body as Answer & { explanation?: { steps: { check: string; evidence: object }[] } };

  /** New units of one language, with what their variants bring. */
  const live = async (experiment: string, prefix: string, language: string | null, count: number) => {
    const answers: Answer[] = [];
    const outcomes = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const unit = `${prefix}-${index}`;
        const answer = await assign(experiment, unit, language === null ? undefined : { language });
        answers.push(answer);
        const metrics = { task_completed: everyTenth(tenths(language, answer.variant), index) };
        return { id: unit, experiment, unit, metrics };
      }),
    );
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).body.accepted).toBe(count);
    return answers;
  };
  const live2 = async (experiment: string, prefix: string, count: number) => {
    await live(experiment, `${prefix}-de`, 'de', count);
    await live(experiment, `${prefix}-en`, 'en', count);
    server.advance(10 * minute);
  };
  const get = async (path: string) => (await server.call('GET', `/v1/experiments/${path}`)).body;
  const leavesOf = async (key: string) => {
    const { leaves } = await get(key);
    return Object.fromEntries(
      leaves.map((leaf: { segment: string; weights: Record<string, number> }) => [
        leaf.segment,
        leaf.weights,
      ]),
    ) as Record<string, Record<string, number>>;
  };

  it('gives each of two segments its own winner, lets units keep their variant, and shows it all', async () => {
    await start('two', allocation);
    await live2('two', 'first', 120);
    const opening = await reallocate('two');
    expect(opening.opened.map(({ segment }: { segment: string }) => segment)).toEqual([
      'language=de',
      'language=en',
    ]);
    expect(await leavesOf('two')).toEqual({
      'language=de': { control: 0.5, treatment: 0.5 },
      'language=en': { control: 0.5, treatment: 0.5 },
    });
    await live2('two', 'second', 160);
    await live('two', 'nobody', null, 30);
    // Tried out first: each leaf is shown, and nothing is written.
    const dry = (await server.call('POST', '/v1/experiments/two/reallocate?dryRun=true')).body;
    expect(dry.leaves.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['moved', 'moved']);
    const [facts] = dry.wouldChange.filter(({ fact }: { fact: string }) => fact === 'leafWeights');
    expect(facts.before['language=de'].treatment).toBe(0.5);
    expect(facts.after['language=de'].treatment).toBeGreaterThan(0.9);
    const step = await reallocate('two');
    const weightsOf = ({ leaves }: { leaves: { segment: string; weights: object }[] }) =>
      leaves.map(({ segment, weights }) => [segment, weights]);
    // The same data, the same weights.
    expect(weightsOf(step)).toEqual(weightsOf(dry));
    const after = await leavesOf('two');
    expect(after['language=de']?.['treatment']).toBeGreaterThan(0.9);
    expect(after['language=en']?.['control']).toBeGreaterThan(0.9);
    // A new unit is drawn in its leaf, with the leaf's propensity; without the attribute in the root.
    const drawn = await assign('two', 'new-de', { language: 'de' }, { explain: true, peek: true });
    expect([0.05, 0.95].some((share) => Math.abs(drawn.propensity - share) < 0.01)).toBe(true);
    expect(drawn.explanation?.steps.find(({ check }) => check === 'segment')?.evidence).toEqual({
      segment: 'language=de',
      attributes: { language: 'de', plan: null },
    });
    const { currentEpoch } = await get('two');
    const outside = await assign('two', 'new-fr', { language: 'fr' }, { peek: true });
    expect(outside.epoch).toBe(currentEpoch.number);
    const epochs = await get('two/epochs');
    const numbers = [...epochs.epochs, ...epochs.leaves].map(({ number }: { number: number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('keeps a unit’s variant when its attributes change', async () => {
    const kept: { unit: string; answer: Answer }[] = [];
    for (let index = 0; index < 60; index += 1) {
      const unit = `second-de-${index}`;
      kept.push({ unit, answer: await assign('two', unit, { language: 'de' }) });
    }
    for (const { unit, answer } of kept) {
      for (const attributes of [{ language: 'en' }, { language: 'fr' }, undefined]) {
        expect((await assign('two', unit, attributes)).variant).toBe(answer.variant);
      }
    }
  });

  it('says in the report who is served what, and why others are not', async () => {
    await live('two', 'rare', 'it', 12);
    await assign('two', 'nothing', { language: 'x'.repeat(65) });
    server.advance(10 * minute);
    const report = await get('two/results');
    expect(report.leaves).toMatchObject({
      attributes: ['language', 'plan'],
      minimumUnits: 40,
      maximumLeaves: 8,
    });
    const rows = report.leaves.leaves as { segment: string; leader: string | null; units: object }[];
    expect(rows.map(({ segment, leader }) => [segment, leader])).toEqual([
      // Since both leaves parted, nobody but the thirty units without a language has come to the root.
      ['', null],
      ['language=de', 'treatment'],
      ['language=en', 'control'],
    ]);
    expect(report.leaves.waiting).toEqual([
      expect.objectContaining({ segment: 'language=it', reason: expect.stringContaining('of 40 units') }),
    ]);
    expect(report.health.warnings.map(({ code }: { code: string }) => code)).toContain('WEIGHTS_CHANGED');
    expect(report.health.srm.mismatch).toBe(false);
    const text = await server.app.getHttpAdapter().getInstance().inject({
      method: 'GET',
      url: '/v1/experiments/two/report.md',
    });
    expect(text.body).toContain('## Who is served what');
    expect(text.body).toContain('`language=de` | treatment');
  });

  it('switches to fixed weights and back, with the leaves’ weights and history kept', async () => {
    const before = await leavesOf('two');
    expect((await allocate('two', { mode: 'fixed' })).status).toBe(200);
    expect(await leavesOf('two')).toEqual({});
    const fixed = await get('two');
    expect(fixed.currentEpoch).toMatchObject({ segment: '', cause: 'segments' });
    const everyone = await assign('two', 'fixed-de', { language: 'de' });
    expect(everyone.epoch).toBe(fixed.currentEpoch.number);
    expect((await allocate('two', allocation)).status).toBe(200);
    expect(await leavesOf('two')).toEqual(before);
    expect((await actions('two')).slice(0, 2)).toEqual(['allocate: bandit', 'allocate: fixed']);
    const back = await assign('two', 'back-de', { language: 'de' }, { peek: true });
    expect(back.epoch).not.toBe((await get('two')).currentEpoch.number);
  });

  it('knows nothing of the units that are left when leaves part one after the other, and takes them for no jump', async () => {
    await start('late', allocation);
    await live('late', 'early-de', 'de', 240);
    await live('late', 'early-en', 'en', 50);
    server.advance(10 * minute);
    const first = await reallocate('late');
    expect(first.opened.map(({ segment }: { segment: string }) => segment)).toEqual(['language=de']);
    // What all of them taught is not where those who are left are sent.
    expect(first.outcome).toBe('burn-in');
    // The last span (24 minutes) is English alone, those before it mostly German; nobody's taste has changed.
    server.advance(30 * minute);
    await live('late', 'late-en', 'en', 240);
    server.advance(10 * minute);
    const second = await reallocate('late');
    expect(second.opened.map(({ segment }: { segment: string }) => segment)).toEqual(['language=en']);
    expect(second.outcome).toBe('burn-in');
    await live('late', 'none', null, 40);
    server.advance(10 * minute);
    const third = await reallocate('late');
    expect(third.outcome).toBe('burn-in');
    const { weights } = (await get('late')).currentEpoch;
    expect(weights).toEqual({ control: 0.5, treatment: 0.5 });
    const [root] = (await get('late/results')).leaves.leaves;
    expect(root).toMatchObject({ segment: '', leader: null, probabilityBest: null });
    expect((await actions('late')).filter((action) => action.includes('freeze'))).toEqual([]);
  });

  it('names what cannot be', async () => {
    const refused = async (changes: object, others: object = {}) => {
      const { body } = await server.call('POST', '/v1/experiments', {
        ...definition,
        key: 'refused',
        allocation: { ...allocation, ...changes },
        ...others,
      });
      return (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);
    };
    expect(await refused({}, { hash: 'md5-v1' })).toEqual(['/allocation/segments']);
    expect(await refused({ objective: 'best-variant' })).toEqual(['/allocation/segments']);
    expect(await refused({ segments: { attributes: ['plan', 'plan'] } })).toEqual([
      '/allocation/segments/attributes/1',
    ]);
    const beside = { guardrails: [{ metric: 'latency_ms', worseThanControlBy: 0.1, action: 'pause' }] };
    expect(await refused({}, beside)).toEqual(['/allocation/segments']);
    const patched = async () =>
      (await server.call('PATCH', '/v1/experiments/two', beside)).body.errors as object[];
    const message = expect.stringMatching(
      /^the guardrail on latency_ms compares with control over all units/,
    );
    expect(await patched()).toEqual([{ pointer: '/guardrails', message }]);
    await allocate('two', { mode: 'fixed' });
    expect(await patched()).toEqual([{ pointer: '/guardrails', message }]);
    await allocate('two', allocation);
    await start('compared', { mode: 'fixed' });
    expect((await server.call('PATCH', '/v1/experiments/compared', beside)).status).toBe(200);
    expect((await allocate('compared', allocation)).body.errors).toEqual([{ pointer: '/segments', message }]);
  });

  it('serves the same after a restart: leaves, variants, propensities', async () => {
    const ask = async () => {
      const answers: unknown[] = [];
      for (let index = 0; index < 40; index += 1) {
        const known = await assign('two', `second-en-${index}`, { language: 'en' });
        const fresh = await assign('two', `fresh-${index}`, { language: 'de' }, { peek: true });
        answers.push([known.variant, fresh.variant, fresh.epoch, fresh.propensity]);
      }
      return answers;
    };
    const [before, leaves] = [await ask(), await leavesOf('two')];
    await restarting.restart();
    server = restarting.current();
    server.stopTimers();
    expect(await ask()).toEqual(before);
    expect(await leavesOf('two')).toEqual(leaves);
  });
});
