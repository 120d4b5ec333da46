import { SingleBar } from 'cli-progress';
import type { Progress } from '../run/simulation.runner.js';

/** A bar on a terminal; silence where the stream is none. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { begin() {}, advance() {}, tell() {}, end() {} };
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} users, {doing}',
    hideCursor: true,
    clearOnComplete: true,
  });
  return {
    begin: (users) => bar.start(users, 0, { doing: 'starting' }),
    advance: () => bar.increment(),
    tell: (doing) => bar.update({ doing }),
    end: () => bar.stop(),
  };
}
