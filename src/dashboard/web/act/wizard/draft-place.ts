/**
 * The field that a fault belongs to: the one named, else the nearest around it, else the first inside it. Null where no field
 * shows anything of it. A field for the draft as a whole, at the empty pointer, shows what no other does.
 *
 * @param places pointers of all fields, in their order on the page
 * @example placeOf('/variants/0/config/topP', ['/key', '/variants/0/config']) // '/variants/0/config'
 */
export function placeOf(pointer: string, places: readonly string[]): string | null {
  if (places.includes(pointer)) return pointer;
  const around = places
    .filter((place) => place !== '' && pointer.startsWith(`${place}/`))
    .sort((one, other) => other.length - one.length);
  const inside = places.find((place) => place.startsWith(`${pointer}/`));
  return around[0] ?? inside ?? (places.includes('') ? '' : null);
}
