import { compareVersions, readVersion, type PartialVersion, type Version } from './version.js';

/** Versions from `from` on and before `to`; a null bound is none. */
interface Span {
  readonly from: Version | null;
  readonly to: Version | null;
}

/** Alternatives, each of which is spans that a version must all lie in. */
export type VersionRange = readonly (readonly Span[])[];

const comparatorPattern = /^(>=|<=|>|<|=|\^|~)?(\S+)$/;

/**
 * Reads a range of versions: comparators (`>=1.2.0`, `<2`, `=1.4`, `^1.2.0`, `~1.2.0`) that must all hold, and `||` between
 * alternatives. A version in part stands for all that begin with it, pre-releases too, so `<2` and `>=2` leave nothing out.
 * Null for what is no range.
 *
 * @example readVersionRange('>=1.2 <2 || >=3.1.4')
 */
export function readVersionRange(text: string): VersionRange | null {
  const alternatives = text.split('||').map((alternative) => {
    // A space may stand between an operator and its version.
    const words = alternative
      .replace(/([<>=^~])\s+/g, '$1')
      .trim()
      .split(/\s+/);
    return words.map(readComparator);
  });
  const read = alternatives.map((spans) => spans.filter((span) => span !== null));
  return read.every((spans, index) => spans.length === alternatives[index]!.length) ? read : null;
}

/** Whether a version lies in the range, by precedence alone. */
export function isInRange(version: Version, range: VersionRange): boolean {
  return range.some((spans) =>
    spans.every(
      ({ from, to }) =>
        (from === null || compareVersions(version, from) >= 0) &&
        (to === null || compareVersions(version, to) < 0),
    ),
  );
}

function readComparator(word: string): Span | null {
  const [, operator = '=', text = ''] = comparatorPattern.exec(word) ?? [];
  const version = readVersion(text);
  if (!version) return null;
  const from = version.given === 3 ? version : first(version.numbers);
  const next = after(version);
  switch (operator) {
    case '>=':
      return { from, to: null };
    case '>':
      return { from: next, to: null };
    case '<':
      return { from: null, to: from };
    case '<=':
      return { from: null, to: next };
    case '^':
      return { from, to: raised(version.numbers, caretPlace(version)) };
    case '~':
      return { from, to: raised(version.numbers, version.given === 1 ? 0 : 1) };
    default:
      return { from, to: next };
  }
}

/** The lowest version of those numbers: its very first pre-release. */
function first(numbers: Version['numbers']): Version {
  return { numbers, prerelease: [0] };
}

/** The lowest version after all that the given one stands for. */
function after({ numbers, prerelease, given }: PartialVersion): Version {
  if (given < 3) return raised(numbers, given - 1);
  // Nothing lies between a pre-release and the same with the identifier 0 added, nor between a release and the next patch's.
  return prerelease === null ? raised(numbers, 2) : { numbers, prerelease: [...prerelease, 0] };
}

/** The first version with that number one higher and the later ones 0. */
function raised([major, minor, patch]: Version['numbers'], place: number): Version {
  if (place === 0) return first([major + 1, 0, 0]);
  return first(place === 1 ? [major, minor + 1, 0] : [major, minor, patch + 1]);
}

/** Which number `^` lets rise no further: the first that is not 0, or the last that was written. */
function caretPlace({ numbers, given }: PartialVersion): number {
  const place = numbers.findIndex((number) => number > 0);
  return place === -1 ? given - 1 : Math.min(place, given - 1);
}
