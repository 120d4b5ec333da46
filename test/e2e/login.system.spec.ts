import { AssignmentService } from '../../src/bucketing/assignment.service.js';
import { startServer, type StartedServer } from './server.fixture.js';

const hour = 3_600_000;
const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'user_rating', window: 'PT1H' },
  guardrails: [],
};

describe('a visitor who signs in', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    for (const key of ['exp_before', 'exp_both', 'exp_after']) {
      await server.call('POST', '/v1/experiments', { ...definition, key });
    }
    await server.call('POST', '/v1/experiments/exp_before/start');
    await server.call('POST', '/v1/experiments/exp_both/start');
  }, 60_000);
  afterAll(() => server.close());

  const assign = async (experiment: string, unit: string) =>
    (await server.call('POST', '/v1/assignments', { experiment, unit })).body;
  const link = async (anonymous: string, unit: string) =>
    (await server.call('POST', '/v1/units/link', { anonymous, unit })).body;
  const report = async (key: string) => (await server.call('GET', `/v1/experiments/${key}/results`)).body;
  /** Two ids whose own slots belong to different variants. */
  async function differing(experiment: string, prefix: string): Promise<[string, string]> {
    const peek = async (unit: string) =>
      (await server.call('GET', `/v1/assignments?experiment=${experiment}&unit=${unit}`)).body.variant;
    for (let number = 0; ; number += 1) {
      const pair: [string, string] = [`${prefix}-visitor-${number}`, `${prefix}-user-${number}`];
      if ((await peek(pair[0])) !== (await peek(pair[1]))) return pair;
    }
  }

  it('keeps the variant and counts once, by token and by id', async () => {
    const [visitor, user] = await differing('exp_before', 'kept');
    const before = await assign('exp_before', visitor);
    const linked = await server.call('POST', '/v1/units/link', { anonymous: visitor, unit: user });
    expect(linked).toMatchObject({ status: 200, body: { linked: ['exp_before'], apart: [] } });
    const after = await assign('exp_before', user);
    expect(after.variant).toBe(before.variant);
    const outcomes = [
      { id: '1', experiment: 'exp_before', unit: user, metrics: { user_rating: 4 } },
      { id: '2', token: after.token, metrics: { user_rating: 5 } },
      { id: '3', token: before.token, metrics: { user_rating: 3 } },
    ];
    expect(await server.call('POST', '/v1/outcomes', { outcomes })).toMatchObject({
      status: 202,
      body: { accepted: 3 },
    });
    const { health, metrics } = await report('exp_before');
    expect(health).toMatchObject({ exposed: 1, neverExposed: 0, multipleExposures: 0 });
    const [own] = metrics[0].variants.filter(({ key }: { key: string }) => key === before.variant);
    expect(own).toMatchObject({ units: 1, events: 3, sum: 12 });
  });

  it('stays two units where both had been met, and goes as the first in what starts later', async () => {
    const [visitor, user] = await differing('exp_both', 'both');
    const peeked = async (unit: string) =>
      (await server.call('GET', `/v1/assignments?experiment=exp_after&unit=${unit}`)).body.variant;
    const own = [await assign('exp_both', visitor), await assign('exp_both', user)];
    const linked = await server.call('POST', '/v1/units/link', { anonymous: visitor, unit: user });
    expect(linked.body).toEqual({ linked: [], apart: ['exp_both'] });
    expect((await assign('exp_both', user)).variant).toBe(own[1].variant);
    await server.call('POST', '/v1/experiments/exp_after/start');
    const later = await server.call('POST', '/v1/assignments/batch', { unit: user });
    expect(later.body.assignments.map(({ reason }: { reason: string }) => reason)).not.toContain('stale');
    for (let number = 0; number < 12; number += 1) {
      await link(`later-visitor-${number}`, `later-user-${number}`);
      expect(await peeked(`later-user-${number}`)).toBe(await peeked(`later-visitor-${number}`));
    }
  });

  it('goes on with the variant when weights have moved since', async () => {
    const [visitor, user] = await differing('exp_before', 'moved');
    const before = await assign('exp_before', visitor);
    await server.call('POST', '/v1/units/link', { anonymous: visitor, unit: user });
    const away = before.variant === 'a' ? { a: 0, b: 1 } : { a: 1, b: 0 };
    await server.call('PUT', '/v1/experiments/exp_before/allocation', { mode: 'fixed', weights: away });
    expect(await assign('exp_before', user)).toMatchObject({ variant: before.variant, reason: 'pinned' });
    const batch = await server.call('POST', '/v1/assignments/batch', { unit: user });
    const own = batch.body.assignments.find(
      ({ experiment }: { experiment: string }) => experiment === 'exp_before',
    );
    expect(own.variant).toBe(before.variant);
    server.advance(hour);
  });

  it('meets one experiment of a layer, as the visitor does', async () => {
    for (const key of ['exp_layer_one', 'exp_layer_two']) {
      await server.call('POST', '/v1/experiments', {
        ...definition,
        key,
        layer: { key: 'page', percent: 50 },
      });
      await server.call('POST', `/v1/experiments/${key}/start`);
    }
    const reasons = async (unit: string) =>
      Promise.all(
        ['exp_layer_one', 'exp_layer_two'].map(async (key) => (await assign(key, unit)).reason as string),
      );
    for (let number = 0; number < 12; number += 1) {
      const [visitor, user] = [`layer-visitor-${number}`, `layer-user-${number}`];
      const before = await reasons(visitor);
      expect(before.filter((reason) => reason === 'excluded')).toHaveLength(1);
      await link(visitor, user);
      expect(await reasons(user)).toEqual(before);
    }
  });

  it('goes on as the very first id along a chain', async () => {
    const [visitor, user] = await differing('exp_both', 'chain');
    const { variant } = await assign('exp_both', visitor);
    expect((await link(visitor, user)).linked).toEqual(['exp_both']);
    expect(await link(user, 'chain-third')).toEqual({ linked: ['exp_both'], apart: [] });
    expect((await assign('exp_both', 'chain-third')).variant).toBe(variant);
  });

  it('takes along who went by the second id before', async () => {
    const [visitor, user] = await differing('exp_both', 'late');
    const { variant } = await assign('exp_both', visitor);
    const met = await assign('exp_before', user);
    await link(user, 'late-third');
    expect(await link(visitor, user)).toEqual({ linked: ['exp_both'], apart: ['exp_before'] });
    expect((await assign('exp_both', 'late-third')).variant).toBe(variant);
    const steps = async (unit: string) => {
      const asked = { experiment: 'exp_before', unit, explain: true, peek: true };
      const { body } = await server.call('POST', '/v1/assignments', asked);
      return [
        body.variant,
        ...body.explanation.steps.filter(({ check }: { check: string }) => check === 'link'),
      ];
    };
    expect(await steps(user)).toEqual([met.variant]);
    expect(await steps('late-third')).toEqual([met.variant, expect.objectContaining({ check: 'link' })]);
  });

  it('goes as the first of two visitors who are linked at once, and says so to the other', async () => {
    const [one, two] = [await differing('exp_both', 'one'), await differing('exp_both', 'two')];
    const own = [await assign('exp_both', one[0]), await assign('exp_both', two[0])];
    const answers = await Promise.all([link(one[0], 'race-user'), link(two[0], 'race-user')]);
    const winner = answers.findIndex(({ linked }) => linked.length > 0);
    expect(answers[winner]).toEqual({ linked: ['exp_both'], apart: [] });
    expect(answers[1 - winner]).toEqual({ linked: [], apart: ['exp_both'] });
    expect((await assign('exp_both', 'race-user')).variant).toBe(own[winner]!.variant);
  });

  it('stays forced by the own id, unless the request forces another variant', async () => {
    await server.call('PATCH', '/v1/experiments/exp_both', { forced: { qa: 'b' }, reason: 'to look at it' });
    await assign('exp_both', 'qa-visitor');
    await link('qa-visitor', 'qa');
    const asked = { experiment: 'exp_both', unit: 'qa', explain: true };
    const { body } = await server.call('POST', '/v1/assignments', asked);
    expect(body).toMatchObject({ variant: 'b', reason: 'forced', token: null });
    expect(body.explanation.steps).toContainEqual({
      check: 'forced',
      passed: true,
      evidence: { variant: 'b', by: 'the experiment' },
    });
    const assignments = server.app.get(AssignmentService, { strict: false });
    expect(await assignments.assign('exp_both', 'qa', { force: 'a' })).toMatchObject({ variant: 'a' });
  });

  it('is explained by the id that was hashed', async () => {
    const [visitor, user] = await differing('exp_both', 'explained');
    const explained = async (unit: string) => {
      const asked = { experiment: 'exp_both', unit, explain: true, peek: true };
      return (await server.call('POST', '/v1/assignments', asked)).body.explanation.steps;
    };
    const own = await explained(visitor);
    await link(visitor, user);
    const steps = await explained(user);
    expect(steps).toContainEqual({ check: 'link', passed: true, evidence: { unit: user, goesBy: visitor } });
    expect(steps.filter(({ check }: { check: string }) => check !== 'link')).toEqual(own);
  });

  it('refuses one id given twice', async () => {
    const { status, body } = await server.call('POST', '/v1/units/link', { anonymous: 'x', unit: 'x' });
    expect(status).toBe(400);
    expect(body.detail).toMatch(/Both ids are "x"/);
  });
});
