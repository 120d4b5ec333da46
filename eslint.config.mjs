import js from '@eslint/js';
import ts from 'typescript-eslint';

const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };

/** A file without a role suffix is given the time and its randomness (docs/adr/0002-layers-by-suffix.md). */
const ambient = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'Take the time as an argument, or from a Clock.'],
  [
    'MemberExpression[object.name="Date"][property.name="now"]',
    'Take the time as an argument, or from a Clock.',
  ],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'Take the randomness as an argument.'],
  [
    'Identifier[name=/^(fetch|performance|setTimeout|setInterval)$/]',
    'A file without a role suffix is pure.',
  ],
  ['MemberExpression[object.name=/^(process|console)$/]', 'A file without a role suffix is pure.'],
].map(([selector, message]) => ({ selector, message }));
const randomness = {
  paths: [
    { name: 'node:crypto', importNames: ['randomBytes', 'randomInt', 'randomUUID'] },
    { name: 'uuid', importNames: ['v1', 'v4', 'v6', 'v7'] },
  ].map((path) => ({ ...path, message: 'Take the randomness as an argument.' })),
};
/** Where the time and the randomness that others are given come from. */
const sources = [
  'src/operations/clock.ts',
  'src/bucketing/writer-number.ts',
  'src/decorator/**/request-scope.ts',
];

export default ts.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'node_modules/', 'bench/node_modules/'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', '*.cjs', 'scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
      globals: Object.fromEntries(
        ['process', 'console', 'module', 'require', 'URL', 'fetch', 'setTimeout', 'setInterval'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-restricted-syntax': ['error', namedExports],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/dashboard/web/**', 'src/**/*.*.ts', 'src/main.ts', 'src/index.ts', ...sources],
    rules: {
      'no-restricted-syntax': ['error', namedExports, ...ambient],
      'no-restricted-imports': ['error', randomness],
    },
  },
  {
    files: ['src/dashboard/web/**'],
    rules: {
      // Markup is long and plain: what counts is how much a file holds.
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    ...ts.configs.disableTypeChecked,
    rules: {
      ...ts.configs.disableTypeChecked.rules,
      '@typescript-eslint/no-require-imports': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      // Listeners that reject are something to test.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
