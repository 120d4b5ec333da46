const units = { W: 'week', D: 'day', H: 'hour', M: 'minute', S: 'second' } as const;

/**
 * An ISO 8601 duration in words; the text itself where it is none.
 *
 * @example durationOf('PT24H') // '24 hours'
 */
export function durationOf(duration: string): string {
  const [, ...parts] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration) ?? [];
  const words = Object.values(units).flatMap((unit, place) => {
    const amount = parts[place];
    if (amount === undefined) return [];
    return [new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(Number(amount))];
  });
  return words.length > 0 ? words.join(' ') : duration;
}
