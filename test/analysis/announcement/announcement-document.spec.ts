import { announcementDocument } from '../../../src/analysis/announcement/announcement-document.js';
import { announcementOf, isAnnounced } from '../../../src/analysis/announcement/announcement.js';
import { waitingCost } from '../../../src/analysis/announcement/waiting-cost.js';
import type { Look } from '../../../src/analysis/looks/look.js';
import { inlineCode, literal } from '../../../src/analysis/markdown.js';
import { assembleReport, type Report } from '../../../src/analysis/report.js';
import type { Decision } from '../../../src/experiments/decision.js';
import { dataWith } from '../metric-fixtures.js';
import { cost, pair, planned, rating, ratingReport, sourcesOf, type Figures } from '../report-fixtures.js';

const rolledOut: Decision = {
  actor: 'person:ada',
  action: 'roll out',
  reason: 'as planned',
  evidence: { winner: 'treatment', stages: [{ percent: 75, hold: 'PT24H' }, { percent: 100 }] },
};

const experiment = planned({ secondary: ['cost_usd'] });
const look = (report: Report, number: number): Look => ({
  number,
  at: new Date(Date.UTC(2026, 0, 5 + number)),
  cause: 'planned',
  memory: {},
  report,
});
const ratings = (control: Figures, treatment: Figures) => ratingReport(experiment, control, treatment);
const primaryOf = (report: Report) => {
  const [metric] = report.metrics;
  if (!metric) throw new Error('The report has no metric');
  return metric;
};

describe('waitingCost', () => {
  const open = ratings([100, 3, 1], [100, 3.1, 1]);
  const sure = ratings([1_000, 3, 1], [1_000, 3.5, 1]);
  const now = ratings([1_400, 3, 1], [1_500, 3.5, 1]);

  it('counts what control’s units missed since the first look from which on the effect was sure', () => {
    const looks = [look(open, 1), look(sure, 2)];
    expect(waitingCost('treatment', primaryOf(now), looks, now)).toEqual({
      metric: 'user_rating',
      since: '2026-01-07T00:00:00.000Z',
      units: 400,
      loss: expect.closeTo(200, 6),
    });
  });

  it('begins anew where the effect was open again', () => {
    const looks = [look(sure, 1), look(open, 2)];
    expect(waitingCost('treatment', primaryOf(now), looks, now)).toBeNull();
  });

  it('is nothing before the effect is sure, nor where the winner is worse', () => {
    expect(waitingCost('treatment', primaryOf(open), [look(open, 1)], open)).toBeNull();
    const worse = ratings([1_000, 3.5, 1], [1_000, 3, 1]);
    expect(waitingCost('treatment', primaryOf(worse), [look(worse, 1)], worse)).toBeNull();
  });
});

describe('the announcement as a document', () => {
  const report = assembleReport(
    sourcesOf(experiment, [
      dataWith(pair([1_000, 3.9, 1], [1_000, 4.2, 1]), rating),
      dataWith(pair([1_000, 0.004, 1e-6], [1_000, 0.003, 1e-6]), cost, 'secondary'),
    ]),
  );
  const textOf = (decision: Decision | null, changes = {}) =>
    announcementDocument(announcementOf({ ...experiment, ...changes }, report, decision, [], []));

  it('says what came of it, what it costs, and who decided', () => {
    const text = textOf(rolledOut);
    expect(text.split('\n')[0]).toBe('# Summarization');
    expect(text).toMatch(
      /\*\*user_rating\*\* \(more is better\): 3\.9 in `control`, 4\.2 in `treatment`, a difference of 0\.3/,
    );
    expect(text).toMatch(
      /interval 0\.\d+ to 0\.\d+, under repeated looks 0\.\d+ to 0\.\d+; chance is ruled out/,
    );
    expect(text).toMatch(/`treatment` saves 0\.001 USD a request \(25 %\); at the [\d.,]+ requests a day/);
    expect(text).toContain('**roll out** `treatment`, by person:ada');
    expect(text).toContain('Stages: 75 % for PT24H, 100 %.');
    expect(text).toContain('`control`: 1,000 units, 50 % were due');
    expect(text).not.toMatch(/NaN|undefined|Infinity|Draft/);
  });

  it('is a draft until something is decided', () => {
    const text = textOf(null);
    expect(text.split('\n')[0]).toBe('# Draft: Summarization');
    expect(text).toContain('Recommended so far: **SHIP** `treatment`');
  });

  it('makes what people wrote harmless', () => {
    const text = textOf(
      { ...rolledOut, reason: '[click](javascript:alert(1))' },
      { name: '*Loud*\n# <script>', hypothesis: '![x](http://evil) | `code`' },
    );
    expect(text.split('\n')[0]).toBe('# \\*Loud\\* \\# &lt;script&gt;');
    expect(text).not.toMatch(/<script|(?<!\\)!\[x\]|(?<!\\)\[click\]/);
  });

  it('is written where a rollout begins or an experiment ends without one', () => {
    const conclude = { ...rolledOut, action: 'conclude' };
    expect(isAnnounced({ ...experiment, status: 'running' }, rolledOut)).toBe(true);
    expect(isAnnounced({ ...experiment, status: 'paused' }, conclude)).toBe(true);
    expect(isAnnounced({ ...experiment, status: 'rolling-out' }, { ...rolledOut, action: 'ship' })).toBe(
      false,
    );
    expect(isAnnounced(experiment, { ...rolledOut, action: 'edit' })).toBe(false);
  });
});

describe('text of users in Markdown', () => {
  it.each([
    ['a_b*c*', 'a\\_b\\*c\\*'],
    ['  one\n\n# two ', 'one \\# two'],
    ['<a href="x">&', '&lt;a href="x"&gt;&amp;'],
  ])('shows %j as it is', (text, shown) => {
    expect(literal(text)).toBe(shown);
  });

  it('keeps inline code closed in, whatever is inside', () => {
    expect(inlineCode('plain')).toBe('`plain`');
    expect(inlineCode('a ``b`` c')).toBe('``` a ``b`` c ```');
    expect(inlineCode({ a: 1 })).toBe('`{"a":1}`');
    expect(inlineCode('x'.repeat(900)).length).toBeLessThan(420);
  });
});
