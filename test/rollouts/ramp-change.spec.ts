import { rampFaults } from '../../src/experiments/ramp-faults.js';
import { CreateExperiment } from '../../src/experiments/experiment.schema.js';
import { editedRamp } from '../../src/lifecycle/edited-ramp.js';
import { startChange } from '../../src/lifecycle/start.js';
import { approvedRamp, heldRamp, resumedRamp, untouchedRamp } from '../../src/rollouts/ramp-change.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const day = 86_400_000;
const start = new Date('2026-01-05T00:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * day);
const ramp = [
  { after: 'P0D', coverage: 5 },
  { after: 'P2D', coverage: 10 },
  { after: 'P5D', coverage: 25 },
  { after: 'P7D', coverage: 100 },
];
const moment = (seen = experimentWith({ ramp, coverage: 5 })) =>
  ({ seen, actor: 'person:ada', reason: 'lunch', now: after(1) }) as const;

describe('a ramp in people’s hands', () => {
  it('keeps what was left of its clock while it is held', () => {
    const held = heldRamp(moment(), day);
    expect(held).toMatchObject({
      patch: { rampState: { held: true, remaining: day } },
      due: [{ kind: 'ramp', at: null }],
      decision: { actor: 'person:ada', action: 'hold ramp', reason: 'lunch' },
    });
    const seen = experimentWith({ ramp, coverage: 5, ...held.patch });
    const later = { ...moment(seen), now: after(30) };
    expect(resumedRamp(later)).toMatchObject({
      patch: { rampState: { held: false, remaining: null } },
      due: [{ kind: 'ramp', at: after(31) }],
    });
    const paused = { ...later, seen: { ...seen, status: 'paused' as const } };
    expect(resumedRamp(paused).due).toEqual([{ kind: 'ramp', remainingMilliseconds: day }]);
  });

  it('never takes an approval back by approving less', () => {
    const rampState = { ...untouchedRamp, approvedCoverage: 50 };
    const change = approvedRamp(moment(experimentWith({ ramp, rampState })), 10);
    expect(change.patch.rampState?.approvedCoverage).toBe(50);
  });
});

describe('editedRamp', () => {
  const running = experimentWith({ ramp, coverage: 5 });

  it('counts steps that a person has passed as taken now', () => {
    expect(editedRamp(running, { coverage: 30 }, after(1)).due).toEqual([{ kind: 'ramp', at: after(3) }]);
    expect(editedRamp(running, { coverage: 7 }, after(1)).due).toEqual([]);
    expect(editedRamp(running, { coverage: 100 }, after(1)).due).toEqual([{ kind: 'ramp', at: null }]);
  });

  it('lets a new ramp begin where the old one was aborted, with nothing approved', () => {
    const rampState = { ...untouchedRamp, aborted: true, approvedCoverage: 100 };
    expect(editedRamp({ ...running, rampState }, { ramp }, after(1))).toEqual({
      patch: { rampState: null },
      due: [{ kind: 'ramp', at: after(2) }],
    });
    expect(editedRamp({ ...running, rampState }, { coverage: 30 }, after(1)).due).toEqual([]);
  });

  it('leaves a held ramp held, and a paused clock standing', () => {
    const rampState = { ...untouchedRamp, held: true, remaining: 5 };
    expect(editedRamp({ ...running, rampState }, { ramp }, after(1))).toEqual({
      patch: { rampState: { ...rampState, remaining: day } },
      due: [],
    });
    expect(editedRamp({ ...running, status: 'paused' }, { ramp }, after(1)).due).toEqual([
      { kind: 'ramp', remainingMilliseconds: day },
    ]);
  });
});

describe('the steps of a ramp', () => {
  const parsed = (steps: object[]) =>
    CreateExperiment.parse({
      key: 'k',
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'm' },
      ramp: steps,
    }).ramp;

  it('are due with the one before where they name no time', () => {
    expect(
      parsed([
        { after: 'P1D', coverage: 5 },
        { coverage: 50, approval: true },
      ]),
    ).toEqual([
      { after: 'P1D', coverage: 5 },
      { after: 'P1D', coverage: 50, approval: true },
    ]);
  });

  it('begin with what waits for nothing', () => {
    const begins = (steps: object[]) =>
      startChange(experimentWith({ ramp: parsed(steps) }), 'code', start, null).epoch?.coverage;
    expect(begins([{ coverage: 5 }, { after: 'P1D', coverage: 10 }])).toBe(5);
    expect(begins([{ coverage: 5 }, { coverage: 10, units: 100 }])).toBe(5);
    expect(begins([{ coverage: 5, approval: true }])).toBe(0);
  });

  it.each([
    [[{ coverage: 5, units: 10 }], ['/ramp/0/units']],
    [[{ coverage: 5 }, { coverage: 10 }], ['/ramp/1/after']],
    [[{ coverage: 5 }, { coverage: 10, units: 10 }], []],
    [[{ coverage: 5 }, { coverage: 4, approval: true }], ['/ramp/1/coverage']],
    [[{ coverage: 60 }], ['/ramp/0/coverage']],
  ])('of %j have the faults %j', (steps, pointers) => {
    expect(rampFaults(parsed(steps), 50).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
