import type { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import type { DecisionStore } from '../../src/experiments/decision.store.js';
import { defaultGuardrails, type GuardrailAction } from '../../src/experiments/guardrail.js';
import type { WeightEpochStore } from '../../src/experiments/weight-epoch.store.js';
import type { EvidenceService } from '../../src/guardrails/evidence/evidence.service.js';
import type { EvidenceStore } from '../../src/guardrails/evidence/evidence.store.js';
import { GuardrailJob } from '../../src/guardrails/guardrail.job.js';
import { GuardrailService } from '../../src/guardrails/guardrail.service.js';
import { HarmLookService } from '../../src/guardrails/harm-look.service.js';
import type { SpendService } from '../../src/guardrails/spend/spend.service.js';
import type { DueStepService } from '../../src/lifecycle/due-step.service.js';
import type { CohortDaysQuery, DayTotal } from '../../src/metrics/time-totals.js';
import { JudgeWatch } from '../../src/metrics/judge-watch.service.js';
import type { TimeTotalsStore } from '../../src/metrics/time-totals.store.js';
import { SystemClock } from '../../src/operations/clock.js';
import { binaryMoments, metricWith } from '../allocation/fixtures.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const dueAt = new Date('2026-02-01T00:00:00Z');
const now = new Date('2026-02-01T00:00:00.400Z');
const next = new Date('2026-02-01T00:00:10Z');
const step = { experimentId: 1, kind: 'guardrail', dueAt } as const;

function jobOn(errors: number) {
  const queries: CohortDaysQuery[] = [];
  const totals: DayTotal<string>[] = [
    {
      variant: 'treatment',
      metric: 'error',
      epoch: 0,
      day: '2026-01-05',
      moments: binaryMoments(errors, 60),
    },
  ];
  const store = { cohortDays: (query: CohortDaysQuery) => Promise.resolve((queries.push(query), totals)) };
  const catalogue = { get: (key: string) => ({ id: 1, metric: metricWith({ key }) }) };
  const decisions = { list: () => Promise.resolve([]) };
  const epochs = {
    listAll: () => Promise.resolve([{ segment: '', weights: { control: 0.5, treatment: 0.5 } }]),
  };
  const gathered = { evidence: { snapshot: '9:9:', streams: {} }, fresh: errors > 50 };
  const evidence = { gather: () => Promise.resolve(gathered) };
  const spending = { look: () => Promise.resolve({ response: { kind: 'none' } }) };
  const service = new GuardrailService(
    store as unknown as TimeTotalsStore,
    evidence as unknown as EvidenceService,
    {} as EvidenceStore,
    catalogue as unknown as CatalogueService,
    decisions as unknown as DecisionStore,
    epochs as unknown as WeightEpochStore,
    new JudgeWatch(),
    new SystemClock(),
  );
  return {
    job: new GuardrailJob(
      {} as DueStepService,
      new HarmLookService(service, spending as unknown as SpendService),
    ),
    queries,
  };
}

const guarded = (action: GuardrailAction) =>
  experimentWith({ guardrails: [{ metric: 'error', above: 0.1, action }] });

describe('GuardrailJob', () => {
  it('looks again ten seconds later when all is well', async () => {
    expect(await jobOn(2).job.decide(guarded('kill'), step, now)).toEqual({ postpone: next });
  });

  it('reads every unit of the present phase, matured or not', async () => {
    const { job, queries } = jobOn(2);
    await job.decide({ ...guarded('pause'), status: 'rolling-out', phase: 2 }, step, now);
    expect(queries).toEqual([{ experimentId: 1, phase: 2, metrics: ['error'], binsBefore: null }]);
  });

  it('pauses on harm, and stays on the schedule for when it is resumed', async () => {
    expect(await jobOn(60).job.decide(guarded('pause'), step, now)).toMatchObject({
      patch: { status: 'paused' },
      due: [{ kind: 'guardrail', at: next }],
      write: expect.any(Function),
    });
  });

  it('pulls the kill switch where the guardrail says so', async () => {
    expect(await jobOn(60).job.decide(guarded('kill'), step, now)).toMatchObject({
      postpone: next,
      kill: { actor: 'guardrail', action: 'kill' },
    });
  });

  it('reads nothing without guardrails', async () => {
    const { job, queries } = jobOn(60);
    expect(await job.decide(experimentWith(), step, now)).toEqual({ postpone: next });
    expect(queries).toEqual([]);
  });

  it('waits while paused, and is over once the experiment is', async () => {
    const { job } = jobOn(60);
    expect(await job.decide({ ...guarded('kill'), status: 'paused' }, step, now)).toEqual({ postpone: next });
    expect(await job.decide({ ...guarded('kill'), status: 'concluded' }, step, now)).toBeNull();
  });

  it('holds the reference article’s guardrails without a word about missing metrics', async () => {
    const experiment = experimentWith({ guardrails: defaultGuardrails });
    expect(await jobOn(0).job.decide(experiment, step, now)).toEqual({ postpone: next });
  });
});
