/**
 * Text of users as Markdown shows it literally, on one line: nothing in it becomes a heading, a link, a table or HTML.
 *
 * @example literal('# *now* <b>'); // '\\# \\*now\\* &lt;b&gt;'
 */
export function literal(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]{}()#!|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/**
 * A value as inline code, cut where it is long. Its fence is longer than any run of backticks inside, so it cannot end early.
 *
 * @example inlineCode('a `b` c'); // '`` a `b` c ``'
 */
export function inlineCode(value: unknown, longest = 400): string {
  const whole = (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')).replaceAll(
    /\s+/g,
    ' ',
  );
  const text = whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
  const runs = text.match(/`+/g) ?? [];
  if (runs.length === 0) return `\`${text || ' '}\``;
  const fence = '`'.repeat(Math.max(...runs.map((run) => run.length)) + 1);
  return `${fence} ${text} ${fence}`;
}
