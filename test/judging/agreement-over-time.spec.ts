import { agreementDrift, weeklyAgreement } from '../../src/judging/agreement-over-time.js';
import type { LabelledScore } from '../../src/judging/label.js';
import { Draws } from '../statistics/bars/draws.js';

/** Four weeks of labelled answers, 40 a week; in the last two the judge adds so much to every score. */
function weeks(added: number): LabelledScore[] {
  const draws = new Draws(3);
  return Array.from({ length: 160 }, (_, place) => {
    const label = 3 + draws.normal();
    const kinder = place < 80 ? 0 : added;
    return {
      unit: `u${place}`,
      variant: 'a',
      at: new Date(Date.UTC(2026, 0, 5, 4 * place + 4)),
      label,
      judge: label + 0.5 * draws.normal() + kinder,
    };
  });
}

describe('agreement over time', () => {
  it('is told by the weeks in which answers were given, from Monday on', () => {
    const found = weeklyAgreement(weeks(0));
    expect(found.map(({ week }) => week)).toEqual(['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26']);
    for (const { agreement } of found) expect(agreement).toMatchObject({ status: 'ok' });
  });

  it('is sounded an alarm for once the judge has grown kinder, and not before', () => {
    expect(agreementDrift(weeks(0)).drifted).toBe(false);
    expect(agreementDrift(weeks(0.8)).drifted).toBe(true);
    expect(agreementDrift(weeks(0).slice(0, 10))).toEqual({ pValue: null, drifted: false });
  });
});
