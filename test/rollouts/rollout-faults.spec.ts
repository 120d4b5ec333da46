import { rolloutFaults } from '../../src/rollouts/rollout-faults.js';
import { StartRollout } from '../../src/rollouts/rollout.schema.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const experiment = experimentWith();
const request = (body: object) => StartRollout.parse({ winner: 'treatment', ...body });
const pointers = (body: object) => rolloutFaults(experiment, request(body)).map(({ pointer }) => pointer);

describe('StartRollout', () => {
  it('rolls out as the reference article does unless told otherwise', () => {
    expect(request({})).toEqual({
      winner: 'treatment',
      remainder: 'others',
      stages: [{ percent: 75, hold: 'PT24H' }, { percent: 95, hold: 'PT48H' }, { percent: 100 }],
    });
  });

  it.each([
    [{ stages: [] }],
    [{ stages: [{ percent: 0 }] }],
    [{ stages: [{ percent: 101 }] }],
    // One of the 10,000 slots is 0.01 %.
    [{ stages: [{ percent: 0.001 }, { percent: 100 }] }],
    [{ stages: [{ percent: 99.999, hold: 'PT1H' }, { percent: 100 }] }],
    [{ stages: [{ percent: 50, hold: 'soon' }, { percent: 100 }] }],
    [{ stages: Array.from({ length: 21 }, (_, n) => ({ percent: n + 1, hold: 'PT1H' })) }],
    [{ remainder: 'nobody' }],
    [{ winer: 'treatment' }],
  ])('refuses %j', (body) => {
    expect(StartRollout.safeParse({ winner: 'treatment', ...body }).success).toBe(false);
  });
});

describe('rolloutFaults', () => {
  it('finds none in the default', () => {
    expect(pointers({})).toEqual([]);
  });

  it.each([
    [{ winner: 'nobody' }, ['/winner']],
    [{ winner: 'control', remainder: 'control' }, ['/remainder']],
    [
      { stages: [{ percent: 50, hold: 'PT1H' }, { percent: 50, hold: 'PT1H' }, { percent: 100 }] },
      ['/stages/1/percent'],
    ],
    [{ stages: [{ percent: 50, hold: 'PT1H' }, { percent: 90 }] }, ['/stages/1/percent']],
    [{ stages: [{ percent: 50 }, { percent: 100 }] }, ['/stages/0/hold']],
    [{ stages: [{ percent: 100, hold: 'PT1H' }] }, ['/stages/0/hold']],
  ])('names each fault of %j', (body, expected) => {
    expect(pointers(body)).toEqual(expected);
  });
});
