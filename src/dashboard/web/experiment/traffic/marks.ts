import type { EpochView } from '../../api/contract.js';

/** Who moved the traffic, as marks tell them apart. */
export type MarkKind = 'person' | 'bandit' | 'plan' | 'model' | 'guardrail';

/** One or several changes that are drawn as one mark. */
export interface Mark {
  /** Pixels along the axis. */
  readonly x: number;
  readonly kind: MarkKind;
  /** Place of the first of its epochs, and how many there are. */
  readonly first: number;
  readonly count: number;
}

/** The more a reader must not miss it, the later. */
const order: readonly MarkKind[] = ['bandit', 'plan', 'person', 'model', 'guardrail'];

export function markKindOf(cause: EpochView['cause']): MarkKind {
  switch (cause) {
    case 'bandit':
    case 'segments':
      return 'bandit';
    case 'ramp':
    case 'rollout':
      return 'plan';
    case 'model-change':
      return 'model';
    case 'guardrail':
    case 'abort':
      return 'guardrail';
    case 'start':
    case 'weights':
    case 'coverage':
    case 'conclude':
    case 'import':
      return 'person';
  }
}

export const markWords: Readonly<Record<MarkKind, string>> = {
  person: 'a person, or the start or end',
  bandit: 'the bandit',
  plan: 'ramp or rollout',
  model: 'the provider: another model answers',
  guardrail: 'a guardrail, or taken back',
};

/**
 * A mark at each change, or one for several that would touch: it counts them and looks like the gravest.
 *
 * @param changes in the order of their pixels
 * @param apart pixels that marks keep from each other
 */
export function thinMarks(
  changes: readonly { readonly x: number; readonly kind: MarkKind }[],
  apart: number,
): Mark[] {
  const marks: Mark[] = [];
  for (const [place, { x, kind }] of changes.entries()) {
    const last = marks.at(-1);
    if (last && x - last.x < apart) {
      marks[marks.length - 1] = { ...last, kind: graver(last.kind, kind), count: last.count + 1 };
    } else marks.push({ x, kind, first: place, count: 1 });
  }
  return marks;
}

function graver(one: MarkKind, other: MarkKind): MarkKind {
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}
