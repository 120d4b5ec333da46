import type { AssignedVariant } from '../../../src/decorator/assigned-variant.js';
import { Interaction, type Measures } from '../../../src/decorator/interaction/interaction.js';

const served: AssignedVariant = {
  experiment: 'exp',
  variant: 'treatment',
  config: {},
  reason: 'split',
  token: null,
};
const finished = { isFinished: true, status: 200 };
const startedAt = new Date('2026-01-05T00:00:00Z');

describe('An interaction', () => {
  let sent: Measures[];
  let interaction: Interaction;

  beforeEach(() => {
    sent = [];
    interaction = new Interaction(served, (measures) => sent.push(measures));
  });

  const generated = (metrics: Record<string, number>) =>
    interaction.measureGeneration({ startedAt, isFinished: true, metrics });

  it('sends everything as one record when the response closes', () => {
    interaction.record({ quality_score: 0.4 });
    generated({ error: 0, latency_ms: 90, output_tokens: 5 });
    interaction.record({ quality_score: 0.9, copied: true });
    expect(sent).toEqual([]);
    interaction.close(finished, 100);

    expect(sent).toEqual([
      { error: 0, abandoned: 0, latency_ms: 90, output_tokens: 5, quality_score: 0.9, copied: true },
    ]);
  });

  it("lets the application's own value win", () => {
    generated({ error: 0, latency_ms: 90 });
    interaction.record({ latency_ms: 1, error: 1 });
    interaction.close(finished, 100);

    expect(sent).toEqual([{ error: 1, abandoned: 0, latency_ms: 1 }]);
  });

  it('sends what the application records later by itself', () => {
    interaction.close(finished, 100);
    interaction.record({ quality_score: 0.9 });

    expect(sent.slice(1)).toEqual([{ quality_score: 0.9 }]);
  });

  it('adds of a later generation only what is not known yet, once', () => {
    interaction.close(finished, 100);
    generated({ error: 0, latency_ms: 90, output_tokens: 5 });
    generated({ error: 0, latency_ms: 90, output_tokens: 5 });

    expect(sent.slice(1)).toEqual([{ output_tokens: 5 }]);
  });

  it('does not call an abandoned request a success when its generation ends', () => {
    interaction.close({ isFinished: false, status: 200 }, 100);
    generated({ error: 0, latency_ms: 90, cost_usd: 0.01 });

    expect(sent).toEqual([{ abandoned: 1 }, { latency_ms: 90, cost_usd: 0.01 }]);
  });

  it('sends nothing of a refusal of which nothing was measured', () => {
    interaction.threw('refusal');
    interaction.close({ isFinished: true, status: 404 }, 100);

    expect(sent).toEqual([]);
  });

  it('closes once', () => {
    interaction.close(finished, 100);
    interaction.close(finished, 200);

    expect(sent).toHaveLength(1);
  });
});
