import type { Decision } from '../../src/experiments/decision.js';
import type { GuardrailAction } from '../../src/experiments/guardrail.js';
import { guardrailResponse } from '../../src/guardrails/guardrail-response.js';
import type { GuardrailVerdict } from '../../src/guardrails/verdict.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const now = new Date('2026-02-01T00:00:00Z');
const running = experimentWith();
const weights = { control: 0.5, treatment: 0.5 };
const moment = (past: readonly Decision[] = []) => ({ past, weights, now });

function verdict(action: GuardrailAction, changes: Partial<GuardrailVerdict> = {}): GuardrailVerdict {
  return {
    guardrail: { metric: 'error', above: 0.1, action },
    variant: 'treatment',
    status: 'breached',
    metric: 'error',
    side: 'above',
    threshold: 0.1,
    units: 30,
    mean: 1,
    bound: 0.69,
    alpha: 0.001,
    since: null,
    eValue: 2_000,
    eValueAlpha: 0.0008,
    path: [],
    overriddenUntil: null,
    ...changes,
  };
}

describe('guardrailResponse', () => {
  it('does nothing unless a guardrail is breached', () => {
    const calm = [verdict('kill', { status: 'ok' }), verdict('kill', { status: 'insufficient' })];
    expect(guardrailResponse(running, calm, moment())).toEqual({ kind: 'none' });
  });

  it('says since when, where only the units of some days show the harm', () => {
    const response = guardrailResponse(running, [verdict('pause', { since: '2026-01-30' })], moment());
    expect(response).toMatchObject({
      change: { decision: { reason: expect.stringContaining('(30 units first exposed since 2026-01-30)') } },
    });
  });

  it('pauses, with the bound and the threshold in its reason and all verdicts as evidence', () => {
    const verdicts = [verdict('pause'), verdict('pause', { status: 'ok', variant: 'control' })];
    expect(guardrailResponse(running, verdicts, moment())).toMatchObject({
      kind: 'change',
      change: {
        patch: { status: 'paused' },
        schedule: 'freeze',
        decision: {
          actor: 'guardrail',
          action: 'pause',
          reason: 'treatment: mean error is above 0.1, surely above 0.69 (30 units)',
          evidence: { phase: 0, breached: [verdicts[0]], verdicts },
        },
      },
    });
  });

  it('takes a rollout back instead of pausing it', () => {
    const rolling = experimentWith({ status: 'rolling-out', phase: 1 });
    expect(guardrailResponse(rolling, [verdict('pause')], moment())).toMatchObject({
      change: {
        patch: { status: 'paused', rollout: null },
        epoch: { cause: 'abort', restore: true },
        decision: { actor: 'guardrail' },
      },
    });
  });

  it.each([
    [['warn', 'kill', 'pause'], 'kill'],
    [['pause', 'warn'], 'change'],
  ] as const)('takes the severest of %p', (actions, kind) => {
    expect(
      guardrailResponse(
        running,
        actions.map((action) => verdict(action)),
        moment(),
      ).kind,
    ).toBe(kind);
  });

  it('warns once for each guardrail, variant and phase', () => {
    const first = guardrailResponse(running, [verdict('warn')], moment());
    if (first.kind !== 'change') throw new Error('the first breach is recorded');
    expect(first.change).toMatchObject({ patch: {}, decision: { action: 'warn' } });
    const past: Decision[] = [
      { actor: 'person:ada', action: 'warn', reason: '', evidence: {} },
      first.change.decision,
    ];
    expect(guardrailResponse(running, [verdict('warn')], moment(past))).toEqual({ kind: 'none' });
    const other = guardrailResponse(
      running,
      [verdict('warn'), verdict('warn', { variant: 'control' })],
      moment(past),
    );
    expect(other).toMatchObject({
      change: { decision: { evidence: { breached: [{ variant: 'control' }] } } },
    });
    const later = experimentWith({ status: 'rolling-out', phase: 1 });
    expect(guardrailResponse(later, [verdict('warn')], moment(past)).kind).toBe('change');
  });
});
