import { gainVerdict } from '../../../src/dashboard/web/experiment/verdict/gain-verdict.js';
import { comparison, judged, metric, units, variantRow } from './reports.js';

const sure = { significant: true };

describe('is it better', () => {
  it('says by how much, and what is plausible', () => {
    const rating = metric('user_rating', comparison(0.21, [0.15, 0.27], sure));
    const verdict = gainVerdict(judged(), [rating], 'treatment', units);
    expect(verdict).toMatchObject({ standing: 'good', answer: 'Better' });
    expect(verdict.sentences).toEqual(['User rating rises by 0.21 stars, plausibly 0.15 to 0.27 stars.']);
  });

  it('calls a fall better where less is better', () => {
    const latency = metric('latency_ms', comparison(-120, [-160, -80], sure), { direction: 'decrease' });
    const verdict = gainVerdict(judged(), [latency], 'treatment', new Map([['latency_ms', 'ms']]));
    expect(verdict.standing).toBe('good');
    expect(verdict.sentences).toEqual(['Latency falls by 120 ms, plausibly 80 to 160 ms.']);
  });

  it('calls a sure fall worse', () => {
    const rating = metric('user_rating', comparison(-0.2, [-0.3, -0.1], sure));
    expect(gainVerdict(judged(), [rating], 'treatment', units)).toMatchObject({
      standing: 'bad',
      answer: 'Worse',
    });
  });

  it('goes by the report for what is sure: an interval beside 0 alone proves nothing among several comparisons', () => {
    const rating = metric('user_rating', comparison(0.21, [0.01, 0.41]));
    expect(gainVerdict(judged(), [rating], 'treatment', units).standing).toBe('open');
  });

  it('says that a gain is too small to act on', () => {
    const rating = metric('user_rating', comparison(0.05, [0.02, 0.08], { ...sure, meaningful: false }));
    const verdict = gainVerdict(judged(), [rating], 'treatment', units);
    expect(verdict).toMatchObject({ standing: 'even', answer: 'Better, but too little' });
  });

  it('says that no difference matters once the interval lies within the least effect, as the server does', () => {
    // docs/statistics.md, NO_DIFFERENCE: the interval lies within ± metrics.minimumEffect, here 0.1.
    const within = metric('user_rating', comparison(0.01, [-0.08, 0.1]));
    const beyond = metric('user_rating', comparison(0.01, [-0.08, 0.11]));
    expect(gainVerdict(judged(), [within], 'treatment', units).answer).toBe('No difference that matters');
    expect(gainVerdict(judged(), [beyond], 'treatment', units).answer).toBe('Not settled yet');
  });

  it('says that it is as good once the interval lies above the margin', () => {
    // docs/statistics.md, SHIP_CHEAPER: the interval lies above −margin.
    const rating = metric('user_rating', comparison(0, [-0.14, 0.14]));
    const verdict = gainVerdict(judged({}, { margin: 0.15 }), [rating], 'treatment', units);
    expect(verdict).toMatchObject({ standing: 'good', answer: 'As good' });
    const closer = gainVerdict(judged({}, { margin: 0.14 }), [rating], 'treatment', units);
    expect(closer.standing).toBe('open');
  });

  it('says how many units there are before anything can be compared', () => {
    const rating = metric('user_rating', comparison(null, null), {
      variants: [
        variantRow('control', 3.9, { units: 40, provisional: 30 }),
        variantRow('treatment', 4, { units: 38, provisional: 31 }),
      ],
    });
    const { standing, sentences } = gainVerdict(judged(), [rating], 'treatment', units);
    expect(standing).toBe('unknown');
    expect(sentences[0]).toContain('by now 7 with treatment and 10 with control');
  });

  it('takes the interval of one look for imported data, which nobody watched', () => {
    const compared = comparison(0.21, [0.17, 0.25], { ...sure, sequential: null });
    const verdict = gainVerdict(
      judged({ source: 'imported' }),
      [metric('user_rating', compared)],
      'treatment',
      units,
    );
    expect(verdict.gauges[0]?.interval).toEqual([0.17, 0.25]);
    const live = gainVerdict(judged(), [metric('user_rating', compared)], 'treatment', units);
    expect(live.gauges[0]?.interval).toBeNull();
  });

  it('is worse where one of several metrics is', () => {
    const rating = metric('user_rating', comparison(0.21, [0.15, 0.27], sure));
    const other = metric('task_completed', comparison(-0.1, [-0.15, -0.05], sure));
    expect(gainVerdict(judged(), [rating, other], 'treatment', units)).toMatchObject({
      standing: 'bad',
      answer: 'Worse',
    });
  });

  it('draws the least effect on the side of better, the margin on the other', () => {
    const falls = metric('edit_distance', comparison(-1, [-2, 0]), { direction: 'decrease' });
    const { gauges } = gainVerdict(judged({}, { margin: 0.3 }), [falls], 'treatment', units);
    expect(gauges[0]?.lines.map(({ at }) => at)).toEqual([0, -0.1, 0.3]);
  });
});
