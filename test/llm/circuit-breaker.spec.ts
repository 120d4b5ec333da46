import fc from 'fast-check';
import { CircuitBreaker } from '../../src/llm/circuit-breaker.js';

const policy = { consecutive: 3, share: 0.5, minimum: 10, window: 60_000, rest: 1000 };
let now: number;
let breaker: CircuitBreaker;

beforeEach(() => {
  now = 5000;
  breaker = new CircuitBreaker(policy, () => now);
});

function fail(times: number): void {
  for (let time = 0; time < times; time += 1) {
    expect(breaker.admits()).toBe(true);
    breaker.failed();
  }
}

it('lets everything through until that many failures came in a row', () => {
  fail(2);
  breaker.succeeded();
  fail(2);
  expect(breaker.admits()).toBe(true);
  breaker.failed();
  expect(breaker.admits()).toBe(false);
  expect(breaker.rest).toBe(1000);
});

it('opens on a share of failures, once there are enough requests', () => {
  for (let pair = 0; pair < 4; pair += 1) {
    breaker.succeeded();
    fail(1);
  }
  breaker.succeeded();
  expect(breaker.admits()).toBe(true);
  breaker.failed();
  expect(breaker.admits()).toBe(false);
});

it('forgets failures that the window no longer holds', () => {
  for (let pair = 0; pair < 4; pair += 1) {
    breaker.succeeded();
    fail(1);
  }
  now += 120_000;
  breaker.succeeded();
  fail(1);
  expect(breaker.admits()).toBe(true);
});

it('lets one probe through after its rest, and closes when that one succeeds', () => {
  fail(3);
  now += 1000;
  expect([breaker.admits(), breaker.admits(), breaker.admits()]).toEqual([true, false, false]);
  breaker.succeeded();
  expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
});

it('rests again when the probe fails', () => {
  fail(3);
  now += 1000;
  fail(1);
  expect(breaker.admits()).toBe(false);
  now += 999;
  expect(breaker.admits()).toBe(false);
  now += 1;
  expect(breaker.admits()).toBe(true);
});

it('lets the next one probe when the first said nothing', () => {
  fail(3);
  now += 1000;
  expect(breaker.admits()).toBe(true);
  breaker.left();
  expect(breaker.admits()).toBe(true);
});

it('is not closed by an answer to a request from before it opened', () => {
  fail(3);
  breaker.succeeded();
  expect(breaker.admits()).toBe(false);
});

it('never stays open for good, whatever happened before', () => {
  const happening = fc.constantFrom('succeeded', 'failed', 'left', 'admits');
  fc.assert(
    fc.property(fc.array(fc.tuple(happening, fc.nat(2000)), { maxLength: 100 }), (happenings) => {
      let time = 0;
      const some = new CircuitBreaker(policy, () => time);
      let underway = 0;
      for (const [what, later] of happenings) {
        time += later;
        if (what === 'admits') underway += some.admits() ? 1 : 0;
        else if (underway > 0) {
          underway -= 1;
          some[what]();
        }
      }
      for (; underway > 0; underway -= 1) some.left();
      time += policy.rest;
      expect(some.admits()).toBe(true);
    }),
  );
});
