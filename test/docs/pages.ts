import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** A file of the repository as text. */
export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** Where a file of the repository lies on disk. */
export function pathOf(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** The part of a page under a heading, up to the next heading of the same or a higher level. */
export function sectionOf(page: string, heading: string): string {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`There is no heading "${heading}".`);
  const level = lines[start]?.indexOf(' ') ?? 1;
  const end = lines.findIndex(
    (line, place) => place > start && /^#+ /.test(line) && line.indexOf(' ') <= level,
  );
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
}

/** The code in the first cell of each row, table by table. */
export function tablesOf(text: string): string[][] {
  const tables: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) tables.push([]);
    const code = /^\| `([^`]+)`/.exec(line)?.[1];
    if (code !== undefined) tables.at(-1)?.push(code);
  }
  return tables.filter((codes) => codes.length > 0);
}

/** The blocks of JSON in a page, in order. */
export function jsonOf(text: string): Record<string, unknown>[] {
  return [...text.matchAll(/```json\n(.*?)```/gs)].map(([, block = '']) => JSON.parse(block));
}

/** Everything between single backticks, outside of code blocks. */
export function codesOf(page: string): string[] {
  const prose = page.replaceAll(/```.*?```/gs, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** The members of a union of string literals, as the source has it. */
export function unionOf(path: string, lead: RegExp): string[] {
  const source = textOf(path);
  const found = lead.exec(source);
  if (!found) throw new Error(`${path} has no ${lead}.`);
  const union = source.slice(found.index + found[0].length).split(';')[0] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, member = '']) => member);
}

export const warningCodes = (): string[] => unionOf('src/analysis/warning.ts', /type WarningCode =/);
export const draftWarningCodes = (): string[] =>
  unionOf('src/experiments/draft-warnings.ts', /interface DraftWarning \{\s+readonly code:/);
export const deviationCodes = (): string[] =>
  unionOf('src/analysis/registration.ts', /interface Deviation \{\s+readonly code:/);
export const recommendedActions = (): string[] =>
  unionOf('src/analysis/recommendation/recommendation.ts', /type RecommendedAction =/);
export const errorCodes = (): string[] => unionOf('src/operations/assay-error.ts', /type ErrorCode =/);
