import { summaryStyle } from '../../../src/llm/simulated/summary-style.js';

const style = (systemPrompt: string) => summaryStyle({ model: 'm', maxTokens: 100, systemPrompt });

it("reads the article's two prompts as different forms", () => {
  expect(style('Summarize the following text concisely.')).toEqual({
    sentences: 2,
    bullets: false,
    takeaway: false,
    actionable: false,
  });
  const treatment =
    'Summarize the following text in 2-3 sentences. Focus on the key takeaway and any actionable information. Omit filler phrases.';
  expect(style(treatment)).toEqual({ sentences: 3, bullets: false, takeaway: true, actionable: true });
});

it.each([
  ['Answer in one sentence.', 1],
  ['Use 2 to 4 sentences', 4],
  ['Write 5 bullet points.', 5],
  ['Give three short points', 3],
  ['Write 500 sentences', 10],
  ['Write 0 sentences', 1],
  ['Keep it brief.', 2],
  ['Summarize.', 3],
])('takes %j for %i sentences', (prompt, sentences) => {
  expect(style(prompt).sentences).toBe(sentences);
});

it('asks for bullets by the prompt or by an example', () => {
  expect(style('Summarize as a bulleted list.').bullets).toBe(true);
  const examples = [{ input: 'Text', output: '- point' }];
  expect(summaryStyle({ model: 'm', maxTokens: 100, examples }).bullets).toBe(true);
  expect(summaryStyle({ model: 'm', maxTokens: 100 }).bullets).toBe(false);
});
