import { JudgeCallService } from '../judging/judge-call.service.js';
import type { DemoServer } from './demo-server.adapter.js';
import { simulatedLabel, simulatedScore } from './simulated-judge.js';

/** What a call of a judge might cost. */
const callUsd = 0.0004;

/** What the judge fills, and what people fill beside it. */
const metrics = [
  { key: 'expert_score', labels: null },
  { key: 'judged_score', labels: 'expert_score' },
];

/** No model is there to judge: a stand-in does, and says so in each of its reasons. */
export async function simulateJudge(server: DemoServer): Promise<void> {
  server.get(JudgeCallService).ask = (_judge, { answer }) =>
    Promise.resolve({
      kind: 'answered',
      answer: simulatedScore(answer),
      model: 'simulated judge',
      calls: 1,
      costUsd: callUsd,
      unpriced: 0,
    });
  const score = { kind: 'mean', direction: 'increase', category: 'quality', unit: 'score', min: 1, max: 5 };
  for (const { key, labels } of metrics)
    await server.need('POST', '/v1/metrics', { ...score, key, ...(labels ? { labels } : {}) });
}

interface Queue {
  readonly labels: readonly { readonly generation: string; readonly answer: string }[];
}

/** Two made-up people label the next answers of the random sample. */
export async function labelSome(server: DemoServer, experiment: string, count: number): Promise<void> {
  const queue = (await server.need('GET', `/v1/labels?experiment=${experiment}&limit=${count}`)) as Queue;
  for (const [index, { generation, answer }] of queue.labels.entries()) {
    const by = index % 3 === 0 ? 'simulated-bo' : 'simulated-ana';
    await server.need('POST', '/v1/labels', { generation, value: simulatedLabel(answer), by });
  }
}
