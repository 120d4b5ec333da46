import fc from 'fast-check';
import { extractiveSummary, sentencesOf } from '../../../src/llm/simulated/extractive-summary.js';
import type { SummaryStyle } from '../../../src/llm/simulated/summary-style.js';

const text =
  'The water board met on Monday. Reservoir levels have fallen for the third month, and reservoir levels decide the water price. ' +
  'Coffee was served. Residents should water gardens only at night. The board will publish water levels every week.';

const plain: SummaryStyle = { sentences: 2, bullets: false, takeaway: false, actionable: false };

it('keeps the most telling sentences, in the order of the text', () => {
  const summary = extractiveSummary(text, plain);
  const kept = sentencesOf(text).filter((sentence) => summary.includes(sentence));
  expect(kept).toHaveLength(2);
  expect(summary).toBe(kept.join(' '));
  expect(summary).not.toContain('Coffee');
});

it('opens with the takeaway when the prompt asks for it', () => {
  expect(extractiveSummary(text, { ...plain, takeaway: true })).toMatch(/^Key takeaway: Reservoir levels/);
});

it('prefers advice when the prompt asks for actions', () => {
  const single = { ...plain, sentences: 1 };
  expect(extractiveSummary(text, single)).toMatch(/^Reservoir levels/);
  expect(extractiveSummary(text, { ...single, actionable: true })).toMatch(
    /^(Residents should|The board will)/,
  );
});

it('makes a list when the prompt asks for bullets', () => {
  expect(extractiveSummary(text, { ...plain, bullets: true })).toMatch(/^- .+\n- .+$/);
});

it('says the same for the same text, and never more sentences than asked', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 1, max: 5 }),
      (any, sentences) => {
        const style = { ...plain, sentences, bullets: true };
        const summary = extractiveSummary(any, style);
        expect(summary).toBe(extractiveSummary(any, style));
        expect(summary.split('\n').length).toBeLessThanOrEqual(sentences);
      },
    ),
  );
});
