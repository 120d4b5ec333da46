import type { CatalogueService } from '../../src/catalogue/catalogue.service.js';
import type { RecordedDecision } from '../../src/experiments/decision.js';
import type { DecisionStore } from '../../src/experiments/decision.store.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import type { WeightEpochStore } from '../../src/experiments/weight-epoch.store.js';
import type { Change } from '../../src/lifecycle/change.js';
import type { ChangeService } from '../../src/lifecycle/change.service.js';
import type { DueStepService } from '../../src/lifecycle/due-step.service.js';
import type { LeafCountStore } from '../../src/metrics/leaf-count.store.js';
import type { TimeTotalsStore } from '../../src/metrics/time-totals.store.js';
import type { TotalsQuery } from '../../src/metrics/totals.js';
import type { TotalsStore } from '../../src/metrics/totals.store.js';
import { Clock } from '../../src/operations/clock.js';
import { BanditViews } from '../../src/allocation/bandit-view.service.js';
import { BanditJob } from '../../src/allocation/bandit.job.js';
import { ReallocationService } from '../../src/allocation/reallocation.service.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';
import { binaryMoments, metricWith } from './fixtures.js';

const dueAt = new Date('2026-02-01T00:00:00Z');
const now = new Date('2026-02-01T02:30:00Z');
const step = { experimentId: 1, kind: 'bandit', dueAt } as const;

class FixedClock extends Clock {
  now(): Date {
    return now;
  }
}

function banditOn(
  successes: readonly [control: number, treatment: number],
  past: readonly RecordedDecision[] = [],
) {
  const queries: TotalsQuery[] = [];
  const committed: Change[] = [];
  const moments = (query: TotalsQuery) => {
    queries.push(query);
    return Promise.resolve(
      ['control', 'treatment'].map((variant, number) => ({
        variant,
        metric: 'task_completed',
        epoch: null,
        moments: binaryMoments(successes[number] ?? 0, 200),
      })),
    );
  };
  const totals = { moments, exposed: () => Promise.resolve([]) } as unknown as TotalsStore;
  const epochs = {
    listAll: () => Promise.resolve([firstEpoch(experimentWith())]),
  } as unknown as WeightEpochStore;
  const catalogue = {
    get: (key: string) => (key === 'task_completed' ? { id: 1, metric: metricWith() } : undefined),
  } as unknown as CatalogueService;
  const changes = {
    commit: (change: Change) => Promise.resolve(void committed.push(change)),
  } as unknown as ChangeService;
  const decisions = { latest: () => Promise.resolve(past) } as unknown as DecisionStore;
  const views = new BanditViews(
    totals,
    {} as TimeTotalsStore,
    epochs,
    {} as LeafCountStore,
    decisions,
    catalogue,
  );
  const service = new ReallocationService(views, changes, new FixedClock());
  return { service, job: new BanditJob({} as DueStepService, service), queries, committed };
}

const bandit: Experiment = experimentWith({
  allocation: {
    mode: 'bandit',
    reward: 'task_completed',
    floor: 0.01,
    every: 'PT1H',
    burnIn: { unitsPerVariant: 100 },
  },
});

describe('BanditJob', () => {
  it('opens an epoch with its evidence, and folds missed periods into one', async () => {
    expect(await banditOn([60, 90]).job.decide(bandit, step, now)).toMatchObject({
      decision: { actor: 'bandit', action: 'reallocate' },
      epoch: {
        cause: 'bandit',
        weights: { control: expect.any(Number), treatment: expect.any(Number) },
        evidence: {
          outcome: 'moved',
          units: { control: 200, treatment: 200 },
          weightsBefore: { control: 0.5, treatment: 0.5 },
        },
      },
      due: [{ kind: 'bandit', at: new Date('2026-02-01T03:00:00Z') }],
    });
  });

  it('reads matured units of the test alone', async () => {
    const { job, queries } = banditOn([60, 90]);
    await job.decide(bandit, step, now);
    // Window P7D in bins of a day: a bin matures 8 days after it began.
    expect(queries[0]).toEqual({ experimentId: 1, phase: 0, binsBefore: new Date('2026-01-24T02:30:00Z') });
    // The last day, and the week before it, to see whether a reward jumped.
    expect(queries.slice(1)).toMatchObject([
      { binsBefore: new Date('2026-01-24T02:30:00Z'), binsFrom: new Date('2026-01-23T02:30:00Z') },
      { binsBefore: new Date('2026-01-23T02:30:00Z'), binsFrom: new Date('2026-01-16T02:30:00Z') },
    ]);
  });

  it('opens nothing when nothing moves', async () => {
    expect(await banditOn([60, 60]).job.decide(bandit, step, now)).toEqual({
      postpone: new Date('2026-02-01T03:00:00Z'),
    });
  });

  it('waits while paused, and is over in fixed mode or once the experiment is', async () => {
    const { job } = banditOn([60, 90]);
    expect(await job.decide({ ...bandit, status: 'paused' }, step, now)).toHaveProperty('postpone');
    expect(await job.decide({ ...bandit, status: 'concluded' }, step, now)).toBeNull();
    expect(await job.decide(experimentWith(), step, now)).toBeNull();
  });
});

describe('ReallocationService', () => {
  it('takes the next step now, and the one after it a period later', async () => {
    const { service, committed } = banditOn([60, 90]);
    expect(await service.reallocate(bandit, 'person:ada')).toMatchObject({ outcome: 'moved' });
    expect(committed).toMatchObject([
      { decision: { actor: 'person:ada' }, due: [{ kind: 'bandit', at: new Date('2026-02-01T03:30:00Z') }] },
    ]);
  });

  it('says why it changed nothing', async () => {
    const { service, committed } = banditOn([60, 60]);
    const taken = await service.reallocate(bandit, 'person:ada');
    expect(taken).toMatchObject({ outcome: 'settled', change: null });
    expect(taken.reason).toContain('weights stay');
    expect(committed).toEqual([]);
  });

  it.each([
    ['not running', { ...bandit, status: 'paused' as const }],
    ['in fixed mode', experimentWith()],
  ])('refuses an experiment that is %s', async (_name, experiment) => {
    await expect(banditOn([60, 90]).service.reallocate(experiment, 'person:ada')).rejects.toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
  });
});
