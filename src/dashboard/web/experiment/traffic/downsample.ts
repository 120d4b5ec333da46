/** Something that holds from an instant on, with a share for each band. */
export interface Stepped {
  readonly at: number;
  readonly shares: readonly number[];
}

/**
 * As many of the steps as a drawing of so many pixels can show: of those that begin within one pixel the first, the last,
 * and for each band the one with its least and the one with its greatest share. None is averaged, so the shares of each
 * still sum to 1 and no extreme is lost.
 *
 * Source: the M4 aggregation of Jugel, Jerzak, Hackenbroich and Markl, VLDB 7 (2014), for several bands at once.
 *
 * @param steps oldest first
 * @example thinSteps(hourly, 600).length // at most 600 × (2 + 2 × bands), however many hours
 */
export function thinSteps<Step extends Stepped>(steps: readonly Step[], pixels: number): Step[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return [];
  const perPixel = (last.at - first.at) / Math.max(1, pixels);
  const kept: Step[] = [];
  for (let from = 0; from < steps.length;) {
    const pixel = pixelOf(steps[from], first.at, perPixel);
    let to = from + 1;
    while (to < steps.length && pixelOf(steps[to], first.at, perPixel) === pixel) to++;
    kept.push(...notable(steps, from, to));
    from = to;
  }
  return kept;
}

function pixelOf(step: Stepped | undefined, origin: number, perPixel: number): number {
  return step && perPixel > 0 ? Math.floor((step.at - origin) / perPixel) : 0;
}

/** Of the steps from one place up to another, those that must be seen, in their order. */
function notable<Step extends Stepped>(steps: readonly Step[], from: number, to: number): Step[] {
  const places = new Set([from, to - 1]);
  const bands = steps[from]?.shares.length ?? 0;
  for (let band = 0; band < bands; band++) {
    let [least, greatest] = [from, from];
    for (let place = from; place < to; place++) {
      const share = steps[place]?.shares[band] ?? 0;
      if (share < (steps[least]?.shares[band] ?? 0)) least = place;
      if (share > (steps[greatest]?.shares[band] ?? 0)) greatest = place;
    }
    places.add(least).add(greatest);
  }
  return [...places].sort((one, other) => one - other).flatMap((place) => steps[place] ?? []);
}
