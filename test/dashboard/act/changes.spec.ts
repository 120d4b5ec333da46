import { changesOf } from '../../../src/dashboard/web/act/changes.js';
import { consequenceOf } from '../../../src/dashboard/web/act/consequence.js';
import { doneWords } from '../../../src/dashboard/web/act/done-words.js';
import { stepWords } from '../../../src/dashboard/web/act/step-words.js';
import { bandit, ramped, rollingOut, running } from './experiment.fixture.js';

const paused = { ...running, status: 'paused' as const, version: 5 };

describe('what an action changes, in words', () => {
  it('names the state before and after, and nothing that stays', () => {
    expect(changesOf(running, paused)).toEqual([{ what: 'State', before: 'running', after: 'paused' }]);
    expect(changesOf(running, { ...running, version: 9 })).toEqual([]);
  });

  it('names weights as shares of new units', () => {
    expect(changesOf(running, bandit)).toEqual([
      {
        what: 'Who sets the weights',
        before: 'fixed, by a person',
        after: 'a bandit on user_rating, every 1 hour, at least 1% each',
      },
      {
        what: 'Share of new units',
        before: 'control 50%, treatment 50%',
        after: 'control 10%, treatment 90%',
      },
    ]);
  });

  it('names coverage, rollout and ramp', () => {
    expect(
      changesOf(ramped, { ...rollingOut, ramp: ramped.ramp }).map(({ what, after }) => [what, after]),
    ).toEqual([
      ['State', 'rolling-out'],
      ['Units let in', '100%'],
      ['Rollout', 'treatment, stage 1 of 2, 75 % for 24 hours'],
      ['Ramp', 'stands still'],
    ]);
  });

  it('tells what was done in one line', () => {
    expect(doneWords('pause', running, paused)).toBe('Paused "Greeting". State: running → paused.');
    expect(doneWords('reallocate', bandit, bandit)).toBe('Reallocated "Greeting". Nothing changed by it.');
    expect(doneWords('delete', running, null)).toBe('Deleted "Greeting".');
  });
});

describe('whom an action touches', () => {
  it('says that a killed experiment is paused first', () => {
    expect(consequenceOf('resume', { ...running, status: 'killed' }, paused)).toEqual([
      'It is paused then: everyone stays on the fallback until it is resumed a second time.',
    ]);
  });

  it('says that a rollout of one stage cannot be taken back', () => {
    const shipped = { ...running, status: 'concluded' as const };
    expect(consequenceOf('roll out', running, shipped).at(-1)).toBe(
      'There is one stage, so it ships at once. That cannot be taken back.',
    );
    expect(consequenceOf('roll out', running, rollingOut).at(-1)).toMatch(/^Harm takes it back/);
  });

  it('says that the first step of a bandit comes later', () => {
    expect(consequenceOf('set allocation', running, bandit)[0]).toMatch(/until the first step of the bandit/);
    expect(consequenceOf('set allocation', bandit, running)).toEqual([
      'Units that have met a variant keep it; new units follow the new weights.',
    ]);
  });
});

describe('a step of the bandit in words', () => {
  it('says how the shares move, and why', () => {
    const evidence = {
      weightsBefore: { control: 0.5, treatment: 0.5 },
      weightsAfter: { control: 0.3, treatment: 0.7 },
    };
    expect(stepWords({ experiment: 'exp_1', changed: true, reason: 'treatment leads', evidence })).toEqual([
      'Shares of new units move: control from 50% to 30%, treatment from 50% to 70%.',
      "The bandit's reason: treatment leads.",
    ]);
  });

  it('says only why where nothing moves', () => {
    const evidence = { weightsAfter: { control: 0.5, treatment: 0.5 } };
    expect(stepWords({ experiment: 'exp_1', changed: false, reason: 'burn-in', evidence })).toEqual([
      "The bandit's reason: burn-in.",
    ]);
  });
});
