import type { Experiment } from '../experiments/experiment.js';
import { segmentAttributes, segmentPath, segmentValue } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { UnitAttributes } from './assignment.js';

/** A leaf as a unit is drawn in it. */
export interface Leaf<Decision> {
  readonly segment: string;
  /** Owner of each slot. */
  readonly owners: Uint8Array;
  /** By variant number: the answer for a unit drawn in the leaf's present epoch. */
  readonly drawn: readonly Decision[];
}

interface LeafNode<Decision> {
  leaf: Leaf<Decision> | null;
  readonly children: Map<string, LeafNode<Decision>>;
}

/** Leaves by the values of the declared attributes, in their order. */
export interface LeafTree<Decision> {
  readonly attributes: readonly string[];
  readonly root: LeafNode<Decision>;
}

/**
 * The leaves that are served, for `leafOf`; null without any.
 *
 * @param leaves the epoch that each is in
 * @param answers makes a leaf's answers by variant number
 */
export function leafTree<Decision>(
  { allocation }: Pick<Experiment, 'allocation'>,
  leaves: readonly WeightEpoch[],
  answers: (leaf: WeightEpoch) => readonly Decision[],
): LeafTree<Decision> | null {
  if (leaves.length === 0) return null;
  const root = emptyNode<Decision>();
  for (const leaf of leaves) {
    const end = segmentPath(leaf.segment).values.reduce((node, value) => childOf(node, value), root);
    end.leaf = { segment: leaf.segment, owners: leaf.slots, drawn: answers(leaf) };
  }
  return { attributes: segmentAttributes(allocation), root };
}

/**
 * The leaf that a unit is drawn in: the deepest on the way that its attributes go; null = the root's weights are the unit's.
 *
 * @example leafOf(tree, { language: 'de', plan: 'new' })?.segment; // 'language=de', where there is no leaf for the plan
 */
export function leafOf<Decision>(
  { attributes, root }: LeafTree<Decision>,
  known: UnitAttributes,
): Leaf<Decision> | null {
  let [node, leaf] = [root, root.leaf];
  for (const attribute of attributes) {
    const value = segmentValue(known[attribute]);
    const next = value === null ? undefined : node.children.get(value);
    if (!next) break;
    node = next;
    leaf = next.leaf ?? leaf;
  }
  return leaf;
}

function childOf<Decision>(node: LeafNode<Decision>, value: string): LeafNode<Decision> {
  const known = node.children.get(value);
  if (known) return known;
  const child = emptyNode<Decision>();
  node.children.set(value, child);
  return child;
}

function emptyNode<Decision>(): LeafNode<Decision> {
  return { leaf: null, children: new Map() };
}
