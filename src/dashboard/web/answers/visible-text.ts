/** A part of a text: what can be read as it is, or a character that cannot be seen, by its name. */
export interface TextPart {
  readonly text: string;
  readonly hidden: boolean;
}

/** Control characters, those that turn the direction of writing, those without width, line separators, and lone surrogates. */
const unseen =
  /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]|\u034f|\u17b4|\u17b5/u;
/** They are what they look like. */
const harmless = new Set(['\n', '\t']);

const names: Readonly<Record<string, string>> = {
  '\u200b': 'zero-width space',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u202a': 'left-to-right embedding',
  '\u202b': 'right-to-left embedding',
  '\u202c': 'end of direction',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'isolate',
  '\u2069': 'end of isolate',
  '\ufeff': 'byte order mark',
};

/**
 * A text in parts, in which nothing can hide: whatever cannot be seen, or would turn what follows, is named instead. The
 * joiner of emoji stays where it joins.
 *
 * @example visibleParts('a\u202eb') // 'a', then (hidden) 'right-to-left override U+202E', then 'b'
 */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let plain = '';
  let before = '';
  for (const character of text.replaceAll('\r\n', '\n')) {
    if (isSeen(character, before)) plain += character;
    else {
      if (plain !== '') parts.push({ text: plain, hidden: false });
      parts.push({ text: nameOf(character), hidden: true });
      plain = '';
    }
    before = character;
  }
  return plain === '' ? parts : [...parts, { text: plain, hidden: false }];
}

function isSeen(character: string, before: string): boolean {
  if (character === '\u200d') return /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u.test(before);
  return harmless.has(character) || !unseen.test(character);
}

function nameOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character];
  return name ? `${name} ${code}` : code;
}
