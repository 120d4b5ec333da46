import { SetAllocation } from '../../../src/allocation/allocation.schema.js';
import { requestOf } from '../../../src/dashboard/web/act/action-request.js';
import { firstWish } from '../../../src/dashboard/web/act/wish.js';
import { StartRollout } from '../../../src/rollouts/rollout.schema.js';
import { bandit, ramped, running } from './experiment.fixture.js';

describe('the request of an action', () => {
  it('carries the reason where one is asked for', () => {
    expect(requestOf('pause', running, { ...firstWish(running), reason: 'lunch' })).toEqual({
      method: 'POST',
      path: 'v1/experiments/exp_1/pause',
      body: { reason: 'lunch' },
    });
  });

  it('sends fixed weights as typed, a comma for a point included', () => {
    const wish = { ...firstWish(running), weights: { control: '33,5', treatment: '66.5' } };
    expect(requestOf('set allocation', running, wish)).toEqual({
      method: 'PUT',
      path: 'v1/experiments/exp_1/allocation',
      body: { mode: 'fixed', weights: { control: 33.5, treatment: 66.5 } },
    });
  });

  it('leaves what is no number to the server, which names the field', () => {
    const wish = { ...firstWish(running), weights: { control: 'half', treatment: '50' } };
    const { body } = requestOf('set allocation', running, wish);
    const { error } = SetAllocation.safeParse(body);
    expect(error?.issues[0]?.path).toEqual(['weights', 'control']);
  });

  it('switches to a bandit with a floor in percent', () => {
    const wish = { ...firstWish(running), mode: 'bandit' as const, floor: '2.5', every: 'PT30M' };
    const { body } = requestOf('set allocation', running, wish);
    expect(body).toEqual({ mode: 'bandit', reward: 'user_rating', floor: 0.025, every: 'PT30M' });
    expect(SetAllocation.safeParse(body).success).toBe(true);
  });

  it('parts units into segments by the attributes that are named', () => {
    const segments = { attributes: 'language, plan ,', minimumUnits: '300', maximumLeaves: '' };
    const wish = { ...firstWish(running), mode: 'bandit' as const, segments };
    const { body } = requestOf('set allocation', running, wish);
    const read = SetAllocation.parse(JSON.parse(JSON.stringify(body)));
    expect(read).toMatchObject({ segments: { attributes: ['language', 'plan'], minimumUnits: 300 } });
    expect(firstWish({ ...running, allocation: read }).segments).toEqual({
      attributes: 'language, plan',
      minimumUnits: '300',
      maximumLeaves: '',
    });
  });

  it('serves everyone alike again once no attribute is named', () => {
    const allocation = { ...bandit.allocation, segments: { attributes: ['plan'] } };
    const parted = { ...bandit, allocation: allocation as typeof bandit.allocation };
    const segments = { ...firstWish(parted).segments, attributes: ' ' };
    const { body } = requestOf('set allocation', parted, { ...firstWish(parted), segments });
    expect(JSON.parse(JSON.stringify(body))).toEqual(bandit.allocation);
  });

  it('keeps what else a bandit was told', () => {
    const { body } = requestOf('set allocation', bandit, { ...firstWish(bandit), every: 'P1D' });
    expect(body).toEqual({ ...bandit.allocation, every: 'P1D' });
  });

  it('rolls out in the customary stages, the last without an end', () => {
    const { path, body } = requestOf('roll out', running, firstWish(running));
    expect(path).toBe('v1/experiments/exp_1/rollout');
    expect(StartRollout.parse(body)).toEqual({
      winner: 'treatment',
      remainder: 'others',
      // The server's own default: articleStages.
      stages: [{ percent: 75, hold: 'PT24H' }, { percent: 95, hold: 'PT48H' }, { percent: 100 }],
    });
  });

  it('approves the next step that waits', () => {
    expect(requestOf('approve ramp', ramped, firstWish(ramped)).body).toEqual({ coverage: 50, reason: '' });
  });

  it('names no key for a clone where none is given', () => {
    expect(requestOf('clone', running, firstWish(running)).body).toEqual({});
    expect(requestOf('clone', running, { ...firstWish(running), cloneKey: ' exp_2 ' }).body).toEqual({
      key: 'exp_2',
    });
  });

  it('escapes the key in the address', () => {
    const { path } = requestOf('delete', { ...running, key: 'a/b' }, firstWish(running));
    expect(path).toBe('v1/experiments/a%2Fb');
  });
});
