import { reportDocument } from '../../src/analysis/report-document.js';
import { planned, ratingReport } from './report-fixtures.js';

describe('the report as a document', () => {
  it('says first what to do and on what grounds', () => {
    const experiment = planned({ minimumEffect: 0.2 }, {}, { hypothesis: 'Shorter summaries rate higher.' });
    const text = reportDocument(experiment, ratingReport(experiment, [1_000, 3.9, 1], [1_000, 4.2, 1]));
    expect(text.startsWith('# Summarization\n')).toBe(true);
    expect(text.indexOf('## Ship treatment')).toBeLessThan(text.indexOf('## Results'));
    expect(text).toContain('Shorter summaries rate higher.');
    expect(text).toContain('### user_rating (primary, more is better)');
    expect(text).toMatch(/\| treatment \| 1,000 \| 4\.2 \|/);
    expect(text).toContain('treatment has 1,000 units, 50 % where 50 % were due.');
  });

  it('shows a dash where there is no number', () => {
    const experiment = planned();
    const text = reportDocument(experiment, ratingReport(experiment, [1, 3, 0], [0, 0, 0]));
    expect(text).toContain('| treatment | 0 | – | – | – | – | – |');
    expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
  });

  it('makes what people wrote harmless', () => {
    const experiment = planned({}, {}, { name: 'A | B\n# <script>alert(1)</script>' });
    const text = reportDocument(experiment, ratingReport(experiment, [600, 3, 1], [600, 3, 1]));
    expect(text.split('\n')[0]).toBe('# A \\| B # &lt;script>alert(1)&lt;/script>');
  });

  it.each([
    ['FIX_DATA', [1_000, 3, 1], [1_500, 3, 1], '## Repair the data'],
    ['STOP_HARM', [1_000, 3, 1], [1_000, 2, 1], '## Stop, as it does harm: treatment'],
    ['CONTINUE', [100, 3, 1], [100, 3, 1], '## Keep the experiment running'],
    ['NO_DIFFERENCE', [5_000, 3, 1], [5_000, 3, 1], '## There is no difference'],
  ] as const)('has a headline for %s', (action, control, treatment, headline) => {
    const report = ratingReport(planned(), control, treatment);
    expect(report.recommendation.action).toBe(action);
    expect(reportDocument(planned(), report)).toContain(headline);
  });
});
