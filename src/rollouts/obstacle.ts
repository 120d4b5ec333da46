/** Something that speaks against letting more units in just now. */
export interface Obstacle {
  /** What it is, alike for as long as it lasts. */
  readonly code: 'SRM' | 'GUARDRAIL';
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}
