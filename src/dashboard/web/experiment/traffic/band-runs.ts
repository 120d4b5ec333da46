/** Where a band lies from an instant on, as shares of the whole height. */
export interface BandEdge {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The stretches in which a band has any share, each closed where it ends: a band that has none is not to be outlined.
 *
 * @param until where the last stretch ends
 */
export function presentRuns(edges: readonly BandEdge[], until: number): BandEdge[][] {
  const runs: BandEdge[][] = [];
  let run: BandEdge[] = [];
  const close = (at: number) => {
    const last = run.at(-1);
    if (last) runs.push([...run, { ...last, at }]);
    run = [];
  };
  for (const edge of edges) {
    if (edge.high > edge.low) run.push(edge);
    else close(edge.at);
  }
  close(until);
  return runs;
}
