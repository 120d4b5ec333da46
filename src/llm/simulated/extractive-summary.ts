import type { SummaryStyle } from './summary-style.js';

const commonWords = new Set(
  (
    'the a an and or but of to in on at for with by from as is are was were be been it its this that these those he she they ' +
    'we you i his her their our your not no so if then than there which who what when where how will would can could has ' +
    'have had do does did into over about also more most such only up out'
  ).split(' '),
);

const wordPattern = /[\p{L}\p{N}]+/gu;
const advice =
  /\b(should|must|need to|needs to|have to|will|please|ensure|avoid|plan|start|stop|before|deadline)\b/i;

interface RatedSentence {
  readonly text: string;
  readonly position: number;
  readonly rating: number;
}

/**
 * A summary made of the text's own most telling sentences, in their order, in the asked form.
 * A sentence rates by the frequency of its content words, its place and, if asked, its advice.
 * Source: H. P. Luhn, "The Automatic Creation of Literature Abstracts" (1958).
 */
export function extractiveSummary(text: string, style: SummaryStyle): string {
  const rated = rate(sentencesOf(text), style);
  const chosen = rated.toSorted((one, other) => other.rating - one.rating).slice(0, style.sentences);
  const inOrder = chosen
    .toSorted((one, other) => one.position - other.position)
    .map((sentence) => sentence.text);
  if (style.bullets) return inOrder.map((sentence) => `- ${sentence}`).join('\n');
  const top = chosen[0]?.text;
  if (!style.takeaway || top === undefined) return inOrder.join(' ');
  return [`Key takeaway: ${top}`, ...inOrder.filter((sentence) => sentence !== top)].join(' ');
}

/** The sentences of a text in any language, without surrounding space. */
export function sentencesOf(text: string): string[] {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text);
  return [...segments]
    .map(({ segment }) => segment.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

function rate(sentences: readonly string[], style: SummaryStyle): RatedSentence[] {
  const frequency = new Map<string, number>();
  for (const word of sentences.flatMap(contentWords)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return sentences.map((text, position) => {
    const words = contentWords(text);
    const weight = words.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0);
    const opening = position === 0 ? 1.2 : 1;
    const counsel = style.actionable && advice.test(text) ? 2 : 1;
    return { text, position, rating: (weight / (words.length + 4)) * opening * counsel };
  });
}

function contentWords(sentence: string): string[] {
  const words = sentence.toLowerCase().match(wordPattern) ?? [];
  return words.filter((word) => word.length > 2 && !commonWords.has(word));
}
