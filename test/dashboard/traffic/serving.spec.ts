import { servingChanges } from '../../../src/dashboard/web/experiment/traffic/serving.js';
import { decisionOf } from './epochs.js';

const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
const servings = (...actions: [string, Record<string, unknown>?][]) =>
  servingChanges(
    actions
      .map(([action, evidence = {}], place) => decisionOf({ at: at(place + 1), action, evidence }))
      .reverse(),
  ).map(({ serving, variant }) => (variant ? `${serving} ${variant}` : serving));

describe('what new units meet', () => {
  it('follows the states of the experiment', () => {
    expect(servings(['start'], ['pause'], ['resume'], ['kill'], ['lift kill'], ['resume'])).toEqual([
      'test',
      'paused',
      'test',
      'killed',
      'paused',
      'test',
    ]);
  });

  it('is the fallback once admission is closed, and stays it over a pause', () => {
    expect(servings(['start'], ['close admission'], ['pause'], ['resume'])).toEqual([
      'test',
      'closed',
      'paused',
      'closed',
    ]);
  });

  it('is the test again once a person opens admission', () => {
    expect(servings(['start'], ['close admission'], ['edit', { admission: 'open' }])).toEqual([
      'test',
      'closed',
      'test',
    ]);
  });

  it('is the variant that was decided on or shipped, and the fallback once archived', () => {
    expect(servings(['start'], ['conclude', { decidedVariant: 'b' }], ['archive'])).toEqual([
      'test',
      'decided b',
      'archived b',
    ]);
    expect(servings(['start'], ['roll out'], ['ship', { winner: 'b' }])).toEqual(['test', 'decided b']);
  });

  it('is the fallback after a guardrail took it or a rollout back', () => {
    expect(servings(['start'], ['roll back'])).toEqual(['test', 'paused']);
    expect(servings(['start'], ['roll out'], ['abort rollout'])).toEqual(['test', 'paused']);
  });

  it('does not change by what leaves the state alone', () => {
    expect(servings(['start'], ['reallocate'], ['warn'], ['edit', { name: 'x' }])).toEqual(['test']);
  });
});
