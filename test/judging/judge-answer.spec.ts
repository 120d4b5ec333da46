import fc from 'fast-check';
import { longestReason, readJudgeAnswer, readPairAnswer } from '../../src/judging/judge-answer.js';

const scale = { min: 1, max: 5 };

/** One outer fence, as models write it. */
const fences: [string, (object: string) => string][] = [
  ['that says json', (object) => `\`\`\`json\n${object}\n\`\`\``],
  ['that says JSON', (object) => `\`\`\`JSON\n${object}\n\`\`\``],
  ['without a language', (object) => `\`\`\`\n${object}\n\`\`\``],
  ['of CRLF lines, with white space around', (object) => `\r\n \`\`\`json \r\n${object}\r\n\`\`\`\r\n\t`],
];

describe('the answer of a judge', () => {
  it('is one JSON object with a score within the scale and a reason', () => {
    expect(readJudgeAnswer(' {"score": 4.5, "reason": "True."}\n', scale)).toEqual({
      score: 4.5,
      reason: 'True.',
    });
  });

  it.each([
    ['words around it', 'Here: {"score": 4, "reason": ""}'],
    ['words before a fence', 'Here:\n```json\n{"score": 4, "reason": ""}\n```'],
    ['words behind a fence', '```json\n{"score": 4, "reason": ""}\n```\nThat is all.'],
    ['a fence in a fence', '```\n```json\n{"score": 4, "reason": ""}\n```\n```'],
    ['two fences', '```\n{"score": 4, "reason": ""}\n```\n```\n{"score": 5, "reason": ""}\n```'],
    ['half a fence', '```json\n{"score": 4, "reason": ""}'],
    ['a fence of another language', '```python\n{"score": 4, "reason": ""}\n```'],
    ['an empty fence', '```json\n```'],
    ['a score above the scale', '{"score": 6, "reason": ""}'],
    ['a score below the scale', '{"score": 0, "reason": ""}'],
    ['a score as a text', '{"score": "4", "reason": ""}'],
    ['a score too large for a number', '{"score": 1e999, "reason": ""}'],
    ['no score', '{"reason": "Good."}'],
    ['no reason', '{"score": 4}'],
    ['another field', '{"score": 4, "reason": "", "final": 5}'],
    ['a list', '[{"score": 4, "reason": ""}]'],
    ['two objects', '{"score": 4, "reason": ""}{"score": 5, "reason": ""}'],
    ['half an object', '{"score": 4, "rea'],
    ['nothing', ''],
    ['null', 'null'],
  ])('is refused with %s', (_name, text) => {
    expect(readJudgeAnswer(text, scale)).toHaveProperty('fault');
  });

  it.each(fences)('may stand in one fence %s', (_name, fence) => {
    const said = '{"score": 4, "reason": "Says ```json\\n{}\\n``` itself."}';
    expect(readJudgeAnswer(fence(said), scale)).toEqual({
      score: 4,
      reason: 'Says ```json\n{}\n``` itself.',
    });
  });

  it('is held to the scale in a fence too', () => {
    expect(readJudgeAnswer('```json\n{"score": 6, "reason": ""}\n```', scale)).toHaveProperty('fault');
  });

  it('holds no more of a reason than is kept, and nothing that no database could', () => {
    const answer = readJudgeAnswer(JSON.stringify({ score: 1, reason: `\0${'é'.repeat(9_000)}` }), scale);
    expect(answer).toMatchObject({ reason: expect.stringMatching(/^\ufffdé+$/) });
    expect('reason' in answer && answer.reason.length).toBe(longestReason);
  });

  it('never lets a score through that lies outside of the scale', () => {
    fc.assert(
      fc.property(fc.json(), fc.double(), (text, score) => {
        for (const said of [text, JSON.stringify({ score, reason: '' })]) {
          const read = readJudgeAnswer(said, scale);
          if ('score' in read) expect(read.score >= 1 && read.score <= 5).toBe(true);
        }
      }),
    );
  });
});

describe('the answer of a judge of a pair', () => {
  it.each([
    ['A', 'first'],
    ['B', 'second'],
    ['tie', 'tie'],
  ])('that says %s prefers the %s', (better, preferred) => {
    expect(readPairAnswer(`{"better": "${better}", "reason": "True."}`)).toEqual({ preferred });
  });

  it.each(fences)('may stand in one fence %s', (_name, fence) => {
    expect(readPairAnswer(fence('{"better": "B", "reason": ""}'))).toEqual({ preferred: 'second' });
  });

  it.each([
    ['two fences', '```\n{"better": "A", "reason": ""}\n```\n```\n{"better": "B", "reason": ""}\n```'],
    ['no reason', '{"better": "A"}'],
    ['a small letter', '{"better": "a", "reason": ""}'],
    ['a third answer', '{"better": "C", "reason": ""}'],
    ['both', '{"better": ["A", "B"], "reason": ""}'],
    ['another field', '{"better": "A", "reason": "", "score": 5}'],
    ['words around it', 'A is better: {"better": "A", "reason": ""}'],
    ['nothing', ''],
  ])('is refused with %s', (_name, text) => {
    expect(readPairAnswer(text)).toHaveProperty('fault');
  });
});
