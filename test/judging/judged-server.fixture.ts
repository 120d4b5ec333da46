import { JudgeJob } from '../../src/judging/judge.job.js';
import type { PairwiseResult } from '../../src/metrics/pairwise-result.js';
import { startServer, type StartedServer } from '../e2e/server.fixture.js';
import { JudgeServer, verdict } from './judge-server.fixture.js';
import { dataSourceOf } from './logged-answers.fixture.js';

/** What the local server's usage costs at the price of Haiku 4.5: 1,000 tokens in at $1, 100 out at $5 a million. */
export const callUsd = 0.0015;
export const judgeConfig = { model: 'claude-haiku-4-5', maxTokens: 200 };

/** A row of table `judgement`, as far as tests read it. */
export interface JudgementRow {
  readonly generation_id: string;
  readonly status: string;
  readonly score: number | null;
}

/**
 * A server for the tests of one block, with a judge that scores 3 unless the test says otherwise: started before the first
 * and stopped after the last.
 */
export function judgedServer(): JudgedServer {
  const judged = new JudgedServer();
  beforeAll(() => judged.start());
  beforeEach(() => {
    judged.model.asked.length = 0;
    judged.model.reply = () => verdict(3);
  });
  afterAll(() => judged.close());
  return judged;
}

/** A whole server whose judge is asked over HTTP, and works when the test says so. */
export class JudgedServer {
  private started?: { readonly server: StartedServer; readonly model: JudgeServer };

  async start(): Promise<void> {
    const model = await JudgeServer.start();
    const server = await startServer({ ANTHROPIC_API_KEY: 'test', ANTHROPIC_BASE_URL: model.url });
    server.stopTimers();
    this.started = { server, model };
  }

  async close(): Promise<void> {
    await this.started?.server.close();
    await this.started?.model.stop();
  }

  get server(): StartedServer {
    if (!this.started) throw new Error('The server starts before the first test.');
    return this.started.server;
  }

  get model(): JudgeServer {
    if (!this.started) throw new Error('The judge starts before the first test.');
    return this.started.model;
  }

  /** A running experiment of two variants, every answer of which is judged unless the test says otherwise. */
  async begin(key: string, judge: object, rest: object = {}): Promise<void> {
    const created = await this.server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [
        { key: 'a', config: { systemPrompt: 'Prompt of a.' } },
        { key: 'b', config: { systemPrompt: 'Prompt of b.' } },
      ],
      metrics: { primary: 'user_rating' },
      guardrails: [],
      judge: { rubric: 'Is it true?', config: judgeConfig, samplingRate: 1, ...judge },
      ...rest,
    });
    expect(created).toMatchObject({ status: 201 });
    expect((await this.server.call('POST', `/v1/experiments/${key}/start`, {})).status).toBe(200);
  }

  /** All that is due now is judged. */
  async judge(): Promise<void> {
    this.server.advance(6_000);
    await this.server.app.get(JudgeJob, { strict: false }).tick();
  }

  query(statement: string, values: readonly unknown[]): Promise<unknown> {
    return dataSourceOf(this.server).query(statement, [...values]);
  }

  rows(key: string): Promise<JudgementRow[]> {
    return dataSourceOf(this.server).query(
      `SELECT j.* FROM judgement j JOIN experiment e ON e.id = j.experiment_id WHERE e.key = $1
       ORDER BY j.at, j.generation_id`,
      [key],
    );
  }

  /** The pairs of its one variant beside the control, as the report has them. */
  async pairwise(key: string): Promise<PairwiseResult> {
    const { body } = await this.server.call('GET', `/v1/experiments/${key}/results`);
    return body.pairwise[0] as PairwiseResult;
  }

  async outcomes(key: string): Promise<{ interaction: string; metrics: Record<string, number> }[]> {
    const { body } = await this.server.call('GET', `/v1/experiments/${key}/export?kind=outcomes`);
    return String(body)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { interaction: string; metrics: Record<string, number> });
  }
}
