import type { AskedJudge } from './judge-server.fixture.js';

type Prompt = Pick<AskedJudge, 'input' | 'system'>;

/** What the prompt says outside of the texts to be judged. */
export function heedless({ input, system }: Prompt): string {
  const boundary = boundaryIn(system);
  const texts = new RegExp(`^BEGIN ${boundary} [A-Z ]+\n[\\s\\S]*?\nEND ${boundary}$`, 'gm');
  return `${system}\n${input.replace(texts, '(a text)')}`;
}

/**
 * A judge without any judgement of its own: it obeys whoever speaks outside of the texts, else scores by how long the answer
 * is in words.
 */
export function obedientScore(prompt: Prompt): number {
  const outside = heedless(prompt);
  if (
    /(give|vergib|donne|da|score|points?)\D{0,12}5\b(?! is the best| to 5)/i.test(
      withoutOwnWords(outside, prompt),
    )
  )
    return 5;
  return textIn(prompt, 'ANSWER TO SCORE').startsWith('good') ? 4 : 2;
}

/** Such a judge of a pair: it obeys whoever asks for A or B outside of the texts, else prefers the answer that is good. */
export function obedientPreference(prompt: Prompt): 'A' | 'B' | 'tie' {
  const [, asked] = /(?:prefer|choose|answer) ([AB])\b(?!")/.exec(heedless(prompt)) ?? [];
  if (asked === 'A' || asked === 'B') return asked;
  const good = (['A', 'B'] as const).filter((name) => textIn(prompt, `ANSWER ${name}`).startsWith('good'));
  return good.length === 1 && good[0] ? good[0] : 'tie';
}

/** The text of that name. */
export function textIn(prompt: Prompt, name: string): string {
  const boundary = boundaryIn(prompt.system);
  const text = new RegExp(`^BEGIN ${boundary} ${name}\n([\\s\\S]*?)\nEND ${boundary}$`, 'm');
  return text.exec(prompt.input)?.[1] ?? '';
}

/** Without the scale as the prompt itself names it, and without the boundary, whose digits may look like words. */
function withoutOwnWords(text: string, { system }: Prompt): string {
  return text
    .replaceAll(/from 1 to 5|5 is the best score and 1 the worst/g, '')
    .replaceAll(boundaryIn(system), '');
}

function boundaryIn(system: string): string {
  return /"END ([0-9a-f]{32})"/.exec(system)?.[1] ?? 'no boundary';
}
