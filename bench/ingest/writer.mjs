// One writer in a process of its own: `writer.mjs <side> <setting as JSON>`. Says when it is ready, and measures what it is asked to.
import process from 'node:process';
import { closedLoop } from '../closed-loop.mjs';

const [side, text] = process.argv.slice(2);
const prepared = await (await import(`./${side}.mjs`)).prepare(JSON.parse(text));
process.on('message', async ({ call, size, freshFor, ...loop }) => {
  if (freshFor) return process.send(await prepared.freshness(freshFor));
  if (call === 'close') {
    await prepared.close();
    process.exit(0);
  }
  const figures = await closedLoop(prepared[call], loop);
  return process.send({ ...figures, perSecond: figures.perSecond * size });
});
process.send('ready');
