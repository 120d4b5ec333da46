/**
 * Does the work for 0, 1, … up to `count`, so many at a time. The first failure ends it: nothing new begins.
 *
 * @example await inLanes(3000, 16, async (number) => visit(number));
 */
export async function inLanes(
  count: number,
  lanes: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      try {
        await work(index);
      } catch (error) {
        next = count;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
}
