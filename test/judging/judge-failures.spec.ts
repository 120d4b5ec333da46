import { failingReason, judgeFailures } from '../../src/judging/judge-failures.js';

const latest = (good: number, malformed: number) =>
  judgeFailures([
    { error: null, count: good },
    { error: 'malformed', count: malformed },
  ]);

describe('the failures of a judge', () => {
  it('say nothing of a judge that was hardly asked', () => {
    expect(latest(0, 9)).toMatchObject({ judged: 9, failed: 9, share: null });
    expect(failingReason(latest(0, 9))).toBeNull();
  });

  it('are tolerable up to one in five', () => {
    expect(failingReason(latest(80, 20))).toBeNull();
    expect(failingReason(latest(79, 21))).toContain('21 of the latest 100 answers, mostly malformed');
  });
});
