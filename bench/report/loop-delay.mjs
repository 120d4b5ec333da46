// Loaded into the server beside its program: answers each message with the longest delay of its event loop since the one before, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.on('message', () => {
  process.send(delays.max / 1e6);
  delays.reset();
});
process.channel.unref();
