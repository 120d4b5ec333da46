import { config, ServiceScene } from './llm-service.fixture.js';

const scene = ServiceScene.forEachTest();

describe('a config with a fallback', () => {
  const fallbackConfig = { model: 'claude-sonnet-4-6', temperature: 0 };
  const withFallback = { ...config, fallbackConfig };
  const overloaded = { kind: 'status', status: 529, type: 'overloaded_error' } as const;

  it.each(['whole', 'streamed'] as const)(
    'serves it when its own %s generation fails, and both are told of',
    async (mode) => {
      scene.server.plan(overloaded);
      const generation =
        mode === 'whole'
          ? await scene.service.generate(withFallback, 'Hello')
          : await scene.service.stream(withFallback, 'Hello').finished;
      expect(generation).toMatchObject({ isFallback: true, requestedModel: 'claude-sonnet-4-6' });
      expect(scene.server.requests.map(({ body }) => body['model'])).toEqual([
        'claude-haiku-4-5',
        'claude-sonnet-4-6',
      ]);
      expect(scene.server.lastRequest.body).toMatchObject({
        temperature: 0,
        messages: [{ role: 'user', content: 'Hello' }],
      });
      // Both belong to the variant whose config it is: it is analysed as it was assigned.
      expect(scene.listener.events.map((event) => [event.outcome, event.config === withFallback])).toEqual([
        ['failed', true],
        ['finished', true],
      ]);
      expect(scene.listener.metrics().map((figures) => figures['fallback_served'])).toEqual([undefined, 1]);
    },
  );

  it('is not asked when all is well, which is told', async () => {
    await expect(scene.service.generate(withFallback, 'Hello')).resolves.toMatchObject({ isFallback: false });
    expect(scene.server.requests).toHaveLength(1);
    expect(scene.listener.metrics()).toEqual([expect.objectContaining({ fallback_served: 0, error: 0 })]);
  });

  it('is not mixed into a stream that has begun to speak', async () => {
    scene.server.plan({ kind: 'error-event', pieces: 2, type: 'overloaded_error' });
    const stream = scene.service.stream(withFallback, 'Hello');
    await expect(stream.finished).rejects.toMatchObject({ kind: 'overloaded' });
    expect(scene.server.requests).toHaveLength(1);
  });

  it('is not asked for a caller who left, nor after the deadline', async () => {
    scene.server.plan({ kind: 'stall-before-headers' }, { kind: 'stall-before-headers' });
    const controller = new AbortController();
    const left = scene.service.generate(withFallback, 'Hello', { signal: controller.signal });
    await scene.server.received();
    controller.abort();
    await expect(left).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(scene.service.generate(withFallback, 'Hello', { deadline: 60 })).rejects.toMatchObject({
      kind: 'timed-out',
    });
    expect(scene.server.requests).toHaveLength(2);
  });

  it('has what the variant left of the deadline', async () => {
    scene.server.plan({ kind: 'stall-before-headers' }, { kind: 'stall-before-headers' });
    const begun = performance.now();
    const both = scene.service.generate({ ...withFallback, timeouts: { total: 700 } }, 'Hello', {
      deadline: 1_000,
    });
    await expect(both).rejects.toMatchObject({ kind: 'timed-out', generation: { isFallback: true } });
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(scene.listener.events.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });

  it('is refused with its variant when it cannot be used', () => {
    const wrong = { ...config, fallbackConfig: { model: 'claude-sonnet-5', temperature: 0.3 } };
    const faults = [expect.objectContaining({ pointer: '/fallbackConfig/temperature' })];
    expect(() => scene.service.check(wrong)).toThrow(expect.objectContaining({ faults }));
  });
});
