const newline = 0x0a;

/**
 * The lines of a stream of bytes, without their ends. Only `\n` ends a line: JSON may hold every other separator.
 *
 * @example for await (const line of readLines([Buffer.from('a\nb\n')])) line.toString(); // 'a', then 'b'
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer, void> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
