import { agreedVisit } from '../../src/demo/agreed-visit.js';
import { ordinaryTruth } from '../../src/demo/story.js';
import { drawVisit } from '../../src/demo/visit.js';
import { seededRandom } from '../../src/llm/simulated/seeded-random.js';
import { aFailure, aGeneration, anEvent } from '../llm/generation.fixture.js';

const answered = anEvent(aGeneration());
const failed = anEvent(aGeneration({ text: '' }), aFailure('overloaded'));
const visits = (error: number) => {
  const random = seededRandom('agreed');
  return Array.from({ length: 50 }, () => drawVisit({ ...ordinaryTruth, error }, random));
};

describe('a visit of the demo and its answer', () => {
  it('have nothing done, rated or tried again where the answer failed', () => {
    for (const metrics of visits(0)) {
      const { latency_ms, cost_usd } = metrics;
      const agreed = agreedVisit({ event: failed, metrics });
      expect(agreed).toEqual({ event: failed, metrics: { error: 1, latency_ms, cost_usd } });
    }
  });

  it('have a failed answer without a text or tokens where the visit came to an error', () => {
    const none = { inputTokens: null, outputTokens: null };
    const nothing = { ...none, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokensEstimated: false };
    for (const metrics of visits(1)) {
      const agreed = agreedVisit({ event: answered, metrics });
      expect(agreed.metrics).toBe(metrics);
      expect(agreed.event).toMatchObject({
        outcome: 'failed',
        generation: { text: '', stopReason: null, costUsd: null, usage: nothing },
      });
      expect(agreed.event.error?.message).toMatch(/^No answer from simulated model/);
    }
  });

  it('stay as they are where both went well', () => {
    for (const metrics of visits(0))
      expect(agreedVisit({ event: answered, metrics })).toEqual({ event: answered, metrics });
  });
});
