import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { declarationOf, literalOf } from '../../../src/dashboard/web/act/wizard/declaration.js';
import { bodyOf } from '../../../src/dashboard/web/act/wizard/draft-body.js';
import { formWith } from './draft-fixtures.js';

/** What a literal evaluates to. */
function evaluated(literal: string): unknown {
  return runInThisContext(literal) as unknown;
}

describe('a declaration in code', () => {
  it.each([
    'plain',
    `it's "quoted"`,
    'back\\slash',
    'ends with \\',
    'a\\"b',
    'line\nbreak\ttab',
    '${not} `a template`',
    '\u2028',
    '</script>',
  ])('writes the text %j so that it reads the same', (text) => {
    expect(evaluated(literalOf(text))).toBe(text);
  });

  it('writes every value so that it reads the same', () => {
    const value = { a: 1, 'b-c': [true, null, { d: 'e' }], list: ['x'.repeat(90), 'y'], none: {}, 2: -0.5 };
    expect(evaluated(`(${literalOf(value)})`)).toEqual(value);
  });

  it('is TypeScript without a mistake in it, under a name made of the key', () => {
    const code = declarationOf(bodyOf(formWith({ '/key': 'exp_summary-v2' })).body);
    expect(code).toContain("const expSummaryV2: ExperimentDefinition = {\n  key: 'exp_summary-v2',");
    expect(code).toContain('AssayModule.forRoot({ experiments: [expSummaryV2] });');
    const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  });

  it('has a name also where the key gives none', () => {
    expect(declarationOf({ key: '2024' })).toContain('const experiment: ');
  });
});
