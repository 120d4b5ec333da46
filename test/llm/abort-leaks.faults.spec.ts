import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { AnthropicClient } from '../../src/llm/anthropic/anthropic.client.js';
import type { LlmClient } from '../../src/llm/llm-client.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { OpenaiClient } from '../../src/llm/openai/openai.client.js';
import { dialects } from './dialects.fixture.js';
import { begun } from './conducts.fixture.js';
import { ProviderServer } from './provider-server.fixture.js';

const aborts = 10_000;
const atOnce = 20;
const config = { model: 'some-model', timeouts: { connect: 5000, firstToken: 5000, idle: 5000 } };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

beforeAll(() => Logger.overrideLogger(false));

/** A signal that outlives all calls, and how many listen to it. */
function longLived(): { readonly signal: AbortSignal; readonly listeners: () => number } {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...given: Parameters<typeof add>) => ((listeners += 1), add(...given));
  signal.removeEventListener = (...given: Parameters<typeof remove>) => ((listeners -= 1), remove(...given));
  return { signal, listeners: () => listeners };
}

describe.each(['anthropic', 'openai'] as const)(
  '10,000 readers of %s who leave in the middle',
  (provider) => {
    it('leave no socket, no memory and no listener behind', async () => {
      const server = await ProviderServer.start(dialects[provider]);
      server.plan((asked) => void begun(asked));
      const options = { apiKey: 'key', baseUrl: server.url };
      const client: LlmClient =
        provider === 'anthropic' ? new AnthropicClient(options) : await OpenaiClient.create(options);
      const service = new LlmService(client);
      const { signal, listeners } = longLived();
      let abandoned = 0;
      service.addObserver({ observe: ({ outcome }) => (abandoned += outcome === 'abandoned' ? 1 : 0) });

      const leave = async () => {
        const stream = service.stream(config, 'Hello', { deadline: 20_000, signal });
        for await (const piece of stream) if (piece !== '') break;
        await stream.finished.catch(() => undefined);
      };
      const round = (calls: number) =>
        Promise.all(
          Array.from({ length: atOnce }, async () => {
            for (let call = 0; call < calls / atOnce; call += 1) await leave();
          }),
        );
      const held = async () => {
        server.received.length = 0;
        await server.quiet(2000);
        await wait(50);
        collect();
        const sockets = await server.connections();
        return { megabytes: process.memoryUsage().heapUsed / 2 ** 20, sockets };
      };

      await round(aborts / 5);
      const before = await held();
      await round((aborts * 4) / 5);
      const after = await held();

      expect(abandoned).toBe(aborts);
      expect(listeners()).toBe(0);
      expect(server.unfinished).toBe(0);
      // Each connection that was cut makes room for a new one of the pool.
      expect(after.sockets).toBeLessThanOrEqual(Math.max(before.sockets, 2 * atOnce));
      // A kilobyte kept for each would be 8 MB.
      expect(after.megabytes - before.megabytes).toBeLessThan(4);
      await server.stop();
    }, 300_000);
  },
);
