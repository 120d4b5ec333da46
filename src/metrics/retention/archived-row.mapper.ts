/** An outcome out of the archive, as an export has it. */
export interface ArchivedRow {
  readonly unit: string;
  readonly id: string;
  /** The whole of it as JSON. */
  readonly text: string;
}

/**
 * How the lines of an experiment begin: its key comes first on each.
 *
 * @example leadOf('a').toString() // '{"experiment":"a",'
 */
export function leadOf(key: string): Buffer {
  return Buffer.from(`{"experiment":${JSON.stringify(key)},`);
}

/**
 * The outcome on a line of the archive that begins so, else null.
 *
 * @example archivedRow(Buffer.from('{"experiment":"a","unit":"u","id":"i"}'), leadOf('a'))?.text // '{"unit":"u","id":"i"}'
 */
export function archivedRow(line: Buffer, lead: Buffer): ArchivedRow | null {
  if (!line.subarray(0, lead.length).equals(lead)) return null;
  const text = `{${line.subarray(lead.length).toString()}`;
  const { unit, id } = JSON.parse(text) as { unit: string; id: string };
  return { unit, id, text };
}
