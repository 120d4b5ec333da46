import { actorKindOf, actorWords } from '../../../src/dashboard/web/experiment/log/actor-words.js';
import { changeLines } from '../../../src/dashboard/web/experiment/log/decision-words.js';
import { filtered, logRows, tally } from '../../../src/dashboard/web/experiment/log/log-rows.js';
import { decisionOf } from '../traffic/epochs.js';

const linesOf = (action: string, evidence: Record<string, unknown> = {}, state: string | null = null) =>
  changeLines(decisionOf({ action, evidence }), state);

describe('who decided', () => {
  it('is a person by name, or what acted by itself', () => {
    expect(actorWords('person:ana')).toBe('ana');
    expect(actorWords('code')).toBe('the application');
    expect(actorWords('bandit')).toBe('the bandit');
    expect(actorKindOf('person:bandit')).toBe('person');
  });
});

describe('what a decision changed', () => {
  it('is a state, before and after', () => {
    expect(linesOf('pause', {}, 'running')).toEqual(['running → paused']);
    expect(linesOf('lift kill', {}, 'killed')).toEqual(['killed → paused']);
    expect(linesOf('reallocate', {}, 'running')).toEqual([]);
  });

  it('is weights, those alone that moved', () => {
    const evidence = { weightsBefore: { a: 0.5, b: 0.3, c: 0.2 }, weightsAfter: { a: 0.1, b: 0.7, c: 0.2 } };
    expect(linesOf('reallocate', evidence)).toEqual(['a 50% → 10%', 'b 30% → 70%']);
    const alike = { weightsBefore: { a: 0.5 }, weightsAfter: { a: 0.5001 } };
    expect(linesOf('reallocate', alike)).toEqual(['a stays at 50%']);
  });

  it('is coverage, an allocation, a variant for everyone, an override', () => {
    expect(linesOf('raise coverage', { before: 5, coverage: 25 })).toEqual(['coverage 5% → 25%']);
    expect(
      linesOf('allocate: bandit', {
        before: { mode: 'fixed' },
        after: { mode: 'bandit', reward: 'user_rating' },
      }),
    ).toEqual(['allocation fixed → bandit, raising user rating']);
    expect(linesOf('conclude', { decidedVariant: 'b', config: {} }, 'running')).toEqual([
      'running → concluded',
      'everyone is served b',
    ]);
    expect(
      linesOf('override guardrail', { metric: 'error', variant: null, until: '2026-01-05T12:00:00Z' })[0],
    ).toMatch(/^error takes no action on every variant until /);
  });

  it('is what was edited, and which protection became weaker', () => {
    expect(linesOf('edit', { admission: 'closed', name: 'x' })).toEqual(['admission closed', 'name: x']);
    expect(
      linesOf('loosen guardrails', { guardrails: [{}], loosened: ['latency_ms'], before: [{}, {}] }),
    ).toEqual(['1 guardrails', 'weaker protection of latency; 2 guardrails before']);
  });

  it('stands evidence of any form', () => {
    expect(linesOf('reallocate', { weightsAfter: 'all', before: [], coverage: 'much' })).toEqual([]);
  });
});

describe('the log', () => {
  const decisions = [
    decisionOf({ at: '2026-01-07T00:00:00.000Z', actor: 'guardrail', action: 'pause' }),
    decisionOf({ at: '2026-01-06T00:00:00.000Z', actor: 'bandit', action: 'reallocate' }),
    decisionOf({ at: '2026-01-05T00:00:00.000Z', action: 'start' }),
    decisionOf({ at: '2026-01-04T00:00:00.000Z', actor: 'code', action: 'create' }),
  ];
  const rows = logRows(decisions, [
    { startedAt: '2026-01-06T00:00:00.000Z' },
    { startedAt: '2026-01-05T00:00:00.000Z' },
  ]);

  it('is newest first, and knows the state before each decision', () => {
    expect(rows.map(({ changes }) => changes)).toEqual([
      ['running → paused'],
      [],
      ['draft → running'],
      ['draft'],
    ]);
  });

  it('leads to where a decision can be seen in the traffic, and nowhere from before there was any', () => {
    expect(rows.map(({ trafficAt }) => trafficAt)).toEqual([
      '2026-01-07T00:00:00.000Z',
      '2026-01-06T00:00:00.000Z',
      '2026-01-05T00:00:00.000Z',
      null,
    ]);
  });

  it('can be narrowed to who decided and to what was done', () => {
    expect(filtered(rows, { kind: 'bandit', action: null })).toHaveLength(1);
    expect(filtered(rows, { kind: 'bandit', action: 'pause' })).toHaveLength(0);
    expect(filtered(rows, { kind: null, action: null })).toHaveLength(4);
    expect(tally(['a', 'b', 'b', 'c'])).toEqual([
      { value: 'b', count: 2 },
      { value: 'a', count: 1 },
      { value: 'c', count: 1 },
    ]);
  });
});
