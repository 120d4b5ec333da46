import { startExample, type ExampleApp } from './example-app.fixture.js';

const text = 'The committee met on Monday. It approved the budget. Work starts in May.';

/** Events of a stream by name, with their data. */
function eventsOf(stream: string): [name: string, data: Record<string, unknown>][] {
  return [...stream.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(([, name = '', data = '']) => [
    name,
    JSON.parse(data),
  ]);
}

describe('The example, streaming', () => {
  let example: ExampleApp;
  beforeEach(async () => {
    example = await startExample();
  });
  afterEach(() => example.app.close());

  const stream = async (body: object, signal?: AbortSignal) =>
    fetch(`${await example.app.getUrl()}/api/summarize/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': 'u1' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });

  it('writes the summary piece by piece, then the token, and is measured as a stream', async () => {
    const response = await stream({ text });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsOf(await response.text());
    const pieces = events.filter(([name]) => name === 'piece');
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.map(([, { text: piece }]) => piece).join('')).toMatch(/simulated/i);
    expect(events.at(-1)).toEqual([
      'done',
      { experiment: { id: 'exp_summarize_v2', variant: 'treatment', token: expect.any(String) } },
    ]);
    const [outcome] = await example.outcomes.atLeast(1);
    expect(outcome?.metrics).toMatchObject({
      error: 0,
      ttft_ms: expect.any(Number),
      output_tokens: expect.any(Number),
      cost_usd: expect.any(Number),
    });
  });

  it('refuses what it cannot summarize before it opens a stream', async () => {
    const response = await stream({ text: '' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(example.assignments.exposed).toEqual([]);
  });

  it('ends the call of the model when the reader leaves, who then counts as having left', async () => {
    await example.app.close();
    example = await startExample({ timeScale: 5 });
    const reader = new AbortController();
    const response = await stream({ text }, reader.signal);
    await response.body?.getReader().read();
    reader.abort();
    const [outcome] = await example.outcomes.atLeast(1);
    expect(outcome?.metrics).toMatchObject({ abandoned: 1 });
    expect(outcome?.metrics).not.toHaveProperty('error');
  });
});
