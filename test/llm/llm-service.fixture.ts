import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { AnthropicClient } from '../../src/llm/anthropic/anthropic.client.js';
import { generationMetrics, type GenerationEvent } from '../../src/llm/generation-metrics.js';
import { GenerationObserver } from '../../src/llm/generation-observer.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { MessagesServer } from './messages-server.fixture.js';

/** Which request a test says it is in. */
export const scope = new AsyncLocalStorage<string>();

export const config = { model: 'claude-haiku-4-5', systemPrompt: 'Be brief.' };

/** Remembers every generation that it is told of, and in whose request. */
export class Listener extends GenerationObserver {
  readonly events: GenerationEvent[] = [];
  readonly requests: (string | undefined)[] = [];

  observe(event: GenerationEvent): void {
    this.events.push(event);
    this.requests.push(scope.getStore());
  }

  metrics() {
    return this.events.map(generationMetrics);
  }
}

/** A service over Anthropic's SDK, which asks a server that does as planned, and what its observer hears. */
export class ServiceScene {
  server!: MessagesServer;
  service!: LlmService;
  listener!: Listener;

  /** Begins the calling file's tests with a server, and each with a service of its own. */
  static forEachTest(): ServiceScene {
    const scene = new ServiceScene();
    beforeAll(async () => {
      Logger.overrideLogger(false);
      scene.server = await MessagesServer.start();
    });
    beforeEach(() => {
      const retry = { maximumAttempts: 1, firstPause: 1, maximumPause: 1 };
      const client = new AnthropicClient({ apiKey: 'key', baseUrl: scene.server.url, retry });
      scene.service = new LlmService(client, { deadline: 2000 });
      scene.listener = new Listener();
      scene.service.addObserver(scene.listener);
    });
    afterEach(() => scene.server.reset());
    afterAll(() => scene.server.stop());
    return scene;
  }
}
