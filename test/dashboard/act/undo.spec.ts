import { undoOf, type Undo } from '../../../src/dashboard/web/act/undo.js';
import { bandit, rollingOut, running } from './experiment.fixture.js';

const paused = { ...running, status: 'paused' as const };
const requestsOf = (undo: Undo | null): Undo['request'][] =>
  undo ? [undo.request, ...requestsOf(undo.then?.undo ?? null)] : [];
const placesOf = (undo: Undo | null) =>
  requestsOf(undo).map(({ path }) => path.replace('v1/experiments/exp_1/', ''));

describe('what takes an action back', () => {
  it('is a resume for a pause, and a pause for a resume', () => {
    expect(placesOf(undoOf('pause', running, paused))).toEqual(['resume']);
    expect(placesOf(undoOf('resume', paused, running))).toEqual(['pause']);
  });

  it('is nothing for a lifted kill, an end, an archive or a start', () => {
    expect(undoOf('resume', { ...running, status: 'killed' }, paused)).toBeNull();
    for (const action of ['conclude', 'archive', 'start', 'kill', 'delete', 'clone'] as const)
      expect(undoOf(action, running, running)).toBeNull();
  });

  it('sets the weights of before, and then the bandit that had moved them', () => {
    expect(requestsOf(undoOf('set allocation', running, bandit)).map(({ body }) => body)).toEqual([
      { mode: 'fixed', weights: { control: 0.5, treatment: 0.5 } },
    ]);
    expect(requestsOf(undoOf('reallocate', bandit, bandit)).map(({ body }) => body)).toEqual([
      { mode: 'fixed', weights: { control: 0.1, treatment: 0.9 } },
      bandit.allocation,
    ]);
  });

  it('says what is rehearsed, and what follows it', () => {
    expect(undoOf('pause', running, paused)).toMatchObject({ action: 'resume', then: null });
    expect(undoOf('reallocate', bandit, bandit)).toMatchObject({
      action: 'set allocation',
      then: {
        words: 'Then the bandit of before goes on from these weights.',
        undo: { name: 'Bandit of before', action: 'set allocation', then: null },
      },
    });
    expect(undoOf('roll out', running, rollingOut)?.then).toMatchObject({
      words: 'Then it is resumed at once.',
      undo: { name: 'Resume', action: 'resume', then: null },
    });
  });

  it('aborts a rollout, and resumes what was running', () => {
    expect(placesOf(undoOf('roll out', running, rollingOut))).toEqual(['rollout/abort', 'resume']);
    expect(placesOf(undoOf('roll out', paused, rollingOut))).toEqual(['rollout/abort']);
  });

  it('cannot take back a rollout that shipped at once, nor one of a concluded experiment', () => {
    const concluded = { ...running, status: 'concluded' as const };
    expect(undoOf('roll out', running, concluded)).toBeNull();
    expect(undoOf('roll out', concluded, rollingOut)).toBeNull();
  });
});
