/** A version by Semantic Versioning 2.0.0 (semver.org); build metadata has no part in precedence and is left out. */
export interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** The identifiers of a pre-release, such as `['beta', 2]`; null for a release. */
  readonly prerelease: readonly (string | number)[] | null;
}

/** A version as written, perhaps in part: `1.2` says nothing of the patch. */
export interface PartialVersion extends Version {
  /** How many of the three numbers were written. */
  readonly given: 1 | 2 | 3;
}

const versionPattern =
  /^v?(\d{1,15})(?:\.(\d{1,15})(?:\.(\d{1,15})(?:-([0-9A-Za-z.-]{1,128}))?(?:\+[0-9A-Za-z.-]{1,128})?)?)?$/;

/**
 * Reads a version; numbers that are not written are 0. Null for what is no version.
 *
 * @example readVersion('v1.4') // { numbers: [1, 4, 0], prerelease: null, given: 2 }
 */
export function readVersion(text: string): PartialVersion | null {
  const [, major, minor, patch, prerelease] = versionPattern.exec(text) ?? [];
  if (major === undefined) return null;
  return {
    numbers: [Number(major), Number(minor ?? 0), Number(patch ?? 0)],
    prerelease: prerelease === undefined ? null : prerelease.split('.').map(readIdentifier),
    given: patch !== undefined ? 3 : minor !== undefined ? 2 : 1,
  };
}

function readIdentifier(text: string): string | number {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Negative if the first comes before the second, positive if after, 0 if neither (Semantic Versioning 2.0.0, section 11). */
export function compareVersions(a: Version, b: Version): number {
  for (let place = 0; place < 3; place++) {
    const difference = a.numbers[place]! - b.numbers[place]!;
    if (difference !== 0) return difference;
  }
  if (a.prerelease === null || b.prerelease === null) {
    return Number(a.prerelease === null) - Number(b.prerelease === null);
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let place = 0; place < Math.min(a.length, b.length); place++) {
    const [one, other] = [a[place]!, b[place]!];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    // Numbers come before texts.
    if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return a.length - b.length;
}
