import fc from 'fast-check';
import type { ReportView } from '../../../src/dashboard/web/api/contract.js';
import { configRows, manyVariablesNote } from '../../../src/dashboard/web/experiment/setup/config-rows.js';
import { datedDeviations } from '../../../src/dashboard/web/experiment/setup/deviation-moments.js';
import { ruleWords } from '../../../src/dashboard/web/experiment/setup/rule-words.js';
import { folded, textDifference } from '../../../src/dashboard/web/experiment/setup/text-difference.js';
import { decisionOf } from '../traffic/epochs.js';

describe('configurations side by side', () => {
  const configs = [
    { model: 'a', temperature: 0, systemPrompt: 'Be short.', output: { format: 'json' } },
    { model: 'a', temperature: 1, systemPrompt: 'Be short.', output: { format: 'text' }, seed: 7 },
  ];

  it('have what differs first, and look inside of objects', () => {
    expect(configRows(configs).map(({ parameter, differs }) => [parameter, differs])).toEqual([
      ['output.format', true],
      ['seed', true],
      ['temperature', true],
      ['model', false],
      ['systemPrompt', false],
    ]);
  });

  it('tell a parameter that is not set from one that is null', () => {
    const [row] = configRows([{ seed: null }, {}]);
    expect(row).toMatchObject({ values: ['null', null], differs: true });
  });

  it('read prompts and long texts as texts', () => {
    const long = (config: Record<string, unknown>) => configRows([config])[0]!.isLong;
    expect(long({ systemPrompt: 'Be short.' })).toBe(true);
    expect(long({ stop: 'a\nb' })).toBe(true);
    expect(long({ model: 'a' })).toBe(false);
  });

  it('warn of several variables, and count an object as one', () => {
    expect(manyVariablesNote(configRows(configs))).toContain(
      'differ in 3 parameters (output, seed, temperature)',
    );
    const one = [{ output: { format: 'json', strict: true } }, { output: { format: 'text', strict: false } }];
    expect(manyVariablesNote(configRows(one))).toBeNull();
    expect(manyVariablesNote(configRows([configs[0]!, configs[0]!]))).toBeNull();
  });
});

describe('two prompts held against each other', () => {
  it('mark the words that changed within a line', () => {
    const lines = textDifference('Be kind.\nUse short words.', 'Be kind.\nUse plain words.');
    expect(lines.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added']);
    expect(lines[1]!.parts.filter(({ changed }) => changed)).toEqual([{ text: 'short', changed: true }]);
    expect(lines[2]!.parts.filter(({ changed }) => changed)).toEqual([{ text: 'plain', changed: true }]);
  });

  it('give both texts back, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b c', 'long line of words', ''), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = textDifference(before, after);
        const side = (other: string) =>
          lines
            .filter(({ kind }) => kind !== other)
            .map(({ parts }) => parts.map((part) => part.text).join(''))
            .join('\n');
        expect(side('added')).toBe(before.replace(/\n$/, ''));
        expect(side('removed')).toBe(after.replace(/\n$/, ''));
      }),
    );
  });

  it('fold what is far from a change, and lose no line by it', () => {
    const before = Array.from({ length: 20 }, (_, place) => `line ${place}`);
    const lines = textDifference(
      before.join('\n'),
      [...before.slice(0, 10), 'new', ...before.slice(11)].join('\n'),
    );
    const shown = folded(lines);
    expect(shown[0]).toBe(8);
    expect(shown.at(-1)).toBe(7);
    // 20 lines, one of them twice: as it was and as it is.
    expect(shown.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 1), 0)).toBe(21);
  });
});

describe('targeting in words', () => {
  it('joins rules as they are joined', () => {
    expect(
      ruleWords({
        all: [
          { attribute: 'plan', operator: 'in', value: ['pro', 'team'] },
          {
            any: [
              { attribute: 'age', operator: 'at-least', value: 18 },
              { not: { attribute: 'country', operator: 'equals', value: 'FR' } },
            ],
          },
        ],
      }),
    ).toBe('plan in "pro", "team" and (age at least 18 or not (country equals "FR"))');
    expect(ruleWords({ attribute: 'plan', operator: 'exists', value: false })).toBe('plan is not known');
    expect(ruleWords({ all: [] })).toBe('everyone');
  });
});

describe('deviations from the plan', () => {
  it('come with the decisions that made them, the oldest first', () => {
    const deviations: ReportView['deviations'] = [
      { code: 'GUARDRAILS_LOOSENED', message: 'Guardrails were loosened.' },
      { code: 'WEIGHTS_CHANGED', message: 'The weights were changed by hand 1 time.' },
    ];
    const decisions = [
      decisionOf({ at: '2026-01-08T00:00:00.000Z', action: 'loosen guardrails', reason: 'second' }),
      decisionOf({
        at: '2026-01-07T00:00:00.000Z',
        action: 'allocate: fixed',
        evidence: { weightsAfter: {} },
      }),
      decisionOf({ at: '2026-01-06T00:00:00.000Z', action: 'loosen guardrails', reason: 'first' }),
      decisionOf({ action: 'allocate: fixed' }),
    ];
    expect(
      datedDeviations(deviations, decisions).map((each) => each.decisions.map(({ at }) => at.slice(0, 10))),
    ).toEqual([['2026-01-06', '2026-01-08'], ['2026-01-07']]);
  });
});
