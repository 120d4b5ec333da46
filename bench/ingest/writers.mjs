import { fileURLToPath } from 'node:url';
import { ask, startProcess } from '../child-process.mjs';

const script = fileURLToPath(new URL('writer.mjs', import.meta.url));
const nodeWords = process.env.BENCH_NODE_WORDS?.split(' ') ?? [];

/** Starts a writer and waits until it is ready to be asked. */
export async function startWriter(side, setting) {
  const started = startProcess(script, { words: [side, JSON.stringify(setting)], nodeWords });
  await ask(started);
  return {
    measure: (question) => ask(started, question),
    async close() {
      started.child.send({ call: 'close' });
      const code = await started.ended;
      if (code !== 0) throw new Error(`The writer ${side} ended with ${code}.`);
    },
  };
}
