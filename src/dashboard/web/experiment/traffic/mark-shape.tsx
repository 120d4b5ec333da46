import type { MarkKind } from './marks.js';

const shapes: Readonly<Record<MarkKind, string>> = {
  person: 'M-4.5 -4.5H4.5V4.5H-4.5Z',
  bandit: 'M0 -4A4 4 0 1 1 0 4A4 4 0 1 1 0 -4Z',
  plan: 'M0 -5.5L5.5 4.5H-5.5Z',
  model: 'M-1.7 -5.2H1.7V-1.7H5.2V1.7H1.7V5.2H-1.7V1.7H-5.2V-1.7H-1.7Z',
  guardrail: 'M0 -6.5L6.5 0L0 6.5L-6.5 0Z',
};

/** Who moved the traffic, by form as well as colour. */
export function MarkShape({ kind, y }: { kind: MarkKind; y: number }) {
  return <path d={shapes[kind]} transform={`translate(0,${y})`} class={`cause-mark cause-${kind}`} />;
}
