import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlantedProject, runTool, type ToolResult } from './planted-project.fixture.js';

const root = join(import.meta.dirname, '../..');
/** Tools that read a whole project take their time on a busy machine. */
const patience = 180_000;
const constant = (name: string) => `export const ${name} = 1;\n`;
const importOf = (what: string, from: string) =>
  `import { ${what} } from '${from}';\nexport const used = ${what};\n`;

/** Violations by the rule that must catch them; each file is well but for its imports. */
const planted: Record<string, { rule: string; files: Record<string, string>; caughtIn: string }> = {
  'a pure file that imports Nest': {
    rule: 'the-domain-is-pure',
    files: { 'src/bucketing/pure-nest.ts': importOf('Injectable', '@nestjs/common') },
    caughtIn: 'src/bucketing/pure-nest.ts',
  },
  'a pure file that imports Nest for its types alone': {
    rule: 'the-domain-is-pure',
    files: {
      'src/bucketing/pure-type.ts': `import type { Type } from '@nestjs/common';\nexport type Used = Type;\n`,
    },
    caughtIn: 'src/bucketing/pure-type.ts',
  },
  'a pure file that reads files': {
    rule: 'the-domain-is-pure',
    files: { 'src/bucketing/pure-files.ts': importOf('readFileSync', 'node:fs') },
    caughtIn: 'src/bucketing/pure-files.ts',
  },
  'a pure file that imports a store': {
    rule: 'the-domain-is-pure',
    files: {
      'src/bucketing/pure-store.ts': importOf('kept', './kept.store.js'),
      'src/bucketing/kept.store.ts': constant('kept'),
    },
    caughtIn: 'src/bucketing/pure-store.ts',
  },
  'a service that imports TypeORM for more than a type': {
    rule: 'a-service-knows-no-sql-and-no-http',
    files: { 'src/bucketing/sql.service.ts': importOf('DataSource', 'typeorm') },
    caughtIn: 'src/bucketing/sql.service.ts',
  },
  'a controller that imports a store': {
    rule: 'a-controller-decides-nothing',
    files: {
      'src/bucketing/direct.controller.ts': importOf('direct', './direct.store.js'),
      'src/bucketing/direct.store.ts': constant('direct'),
    },
    caughtIn: 'src/bucketing/direct.controller.ts',
  },
  'an upward arrow': {
    rule: 'arrows-point-down-from-experiments',
    files: {
      'src/experiments/upward.ts': importOf('higher', '../metrics/higher.js'),
      'src/metrics/higher.ts': constant('higher'),
    },
    caughtIn: 'src/experiments/upward.ts',
  },
  'a page that takes more than types from the server': {
    rule: 'the-page-takes-types-alone',
    files: {
      'src/dashboard/web/greedy.ts': importOf('served', '../served.js'),
      'src/dashboard/served.ts': constant('served'),
    },
    caughtIn: 'src/dashboard/web/greedy.ts',
  },
  'a server that takes from the page': {
    rule: 'the-page-is-built-apart',
    files: {
      'src/dashboard/reaching.ts': importOf('drawn', './web/drawn.js'),
      'src/dashboard/web/drawn.ts': constant('drawn'),
    },
    caughtIn: 'src/dashboard/reaching.ts',
  },
  'an arrow to what wires everything': {
    rule: 'arrows-point-down-from-operations',
    files: { 'src/operations/wired.ts': importOf('top', '../top.js'), 'src/top.ts': constant('top') },
    caughtIn: 'src/operations/wired.ts',
  },
  'a cycle': {
    rule: 'no-cycles',
    files: {
      'src/catalogue/egg.ts': `import { hen } from './hen.js';\nexport const egg = (): unknown => hen;\n`,
      'src/catalogue/hen.ts': `import { egg } from './egg.js';\nexport const hen = (): unknown => egg;\n`,
    },
    caughtIn: 'src/catalogue/egg.ts',
  },
  'a cycle of types alone': {
    rule: 'no-cycles',
    files: {
      'src/catalogue/day.ts': `import type { Night } from './night.js';\nexport type Day = Night[];\n`,
      'src/catalogue/night.ts': `import type { Day } from './day.js';\nexport interface Night {\n  days: Day;\n}\n`,
    },
    caughtIn: 'src/catalogue/day.ts',
  },
  'a folder without arrows': {
    rule: 'every-folder-has-its-arrows',
    files: { 'src/utils/anything.ts': importOf('z', 'zod') },
    caughtIn: 'src/utils/anything.ts',
  },
  'a suffix that is no layer': {
    rule: 'every-suffix-is-a-layer',
    files: { 'src/bucketing/slot.helper.ts': importOf('z', 'zod') },
    caughtIn: 'src/bucketing/slot.helper.ts',
  },
  'an inner index': {
    rule: 'one-public-face',
    files: {
      'src/lifecycle/through-index.ts': importOf('inner', './inner/index.js'),
      'src/lifecycle/inner/index.ts': constant('inner'),
    },
    caughtIn: 'src/lifecycle/through-index.ts',
  },
  'statistics with a service': {
    rule: 'statistics-are-pure',
    files: { 'src/statistics/mean.service.ts': importOf('Injectable', '@nestjs/common') },
    caughtIn: 'src/statistics/mean.service.ts',
  },
  'a development dependency in the package': {
    rule: 'what-ships-is-installed',
    files: {
      'src/llm/table.client.ts': `import fastCheck from 'fast-check';\nexport const used = fastCheck;\n`,
    },
    caughtIn: 'src/llm/table.client.ts',
  },
};

function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|css|mjs)$/.test(path))
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .sort();
}

describe('the layer rules', () => {
  let project: PlantedProject;
  let result: ToolResult;
  beforeAll(() => {
    project = new PlantedProject(Object.assign({}, ...Object.values(planted).map(({ files }) => files)));
    result = project.run('layers');
  }, patience);
  afterAll(() => project.remove());

  it.each(Object.entries(planted))('catch %s', (_name, { rule, caughtIn }) => {
    expect(result.passed).toBe(false);
    expect(result.output).toContain(`error ${rule}: ${caughtIn} →`);
  });

  it(
    'let pass what follows them',
    () => {
      const sound = new PlantedProject({
        'src/bucketing/sound.ts': importOf('base', '../experiments/base.js'),
        'src/experiments/base.ts': constant('base'),
        'src/experiments/sound.store.ts': importOf('DataSource', 'typeorm'),
        'src/experiments/sound.service.ts': `import type { EntityManager } from 'typeorm';\nexport type Used = EntityManager;\n`,
      });
      expect(sound.run('layers')).toMatchObject({ passed: true });
      sound.remove();
    },
    patience,
  );
});

describe('the size and purity rules', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, line) => `export const l${line} = ${line};\n`).join('');
  const body = (count: number) =>
    `export function long(): number[] {\n  return [\n${'    1,\n'.repeat(count - 4)}  ];\n}\n`;
  let project: PlantedProject;
  let result: ToolResult;
  beforeAll(() => {
    project = new PlantedProject({
      'src/metrics/too-long.ts': lines(251),
      'src/metrics/just-right.ts': lines(250),
      'src/metrics/long-function.ts': body(41),
      'src/metrics/right-function.ts': body(40),
      'src/metrics/wall-clock.ts': 'export const now = (): number => Date.now();\n',
      'src/metrics/dice.ts': 'export const dice = (): number => Math.random();\n',
      'src/metrics/drawn.ts': importOf('randomBytes', 'node:crypto'),
      'src/metrics/unnamed.ts': 'const one = 1;\nexport default one;\n',
    });
    result = project.run('lint');
  }, patience);
  afterAll(() => project.remove());

  /** What was said about one file. */
  const saidOf = (file: string): string =>
    result.output
      .trim()
      .split(/\n\n+/)
      .find((paragraph) => paragraph.split('\n')[0]?.endsWith(file)) ?? '';

  it.each([
    ['too-long.ts', 'max-lines'],
    ['long-function.ts', 'max-lines-per-function'],
    ['wall-clock.ts', 'no-restricted-syntax'],
    ['dice.ts', 'no-restricted-syntax'],
    ['drawn.ts', 'no-restricted-imports'],
    ['unnamed.ts', 'no-restricted-syntax'],
  ])('catch %s by %s', (file, rule) => {
    expect(result.passed).toBe(false);
    expect(saidOf(file)).toMatch(new RegExp(`\\b${rule}$`, 'm'));
  });

  it.each(['just-right.ts', 'right-function.ts'])('let %s pass', (file) => {
    expect(saidOf(file)).toBe('');
  });
});

describe('this repository', () => {
  it(
    'follows the layer rules in every one of its source files',
    () => {
      const sources = sourceFiles();
      const { passed, output } = runTool('layers', root, '--output-type', 'json');
      const { modules, summary } = JSON.parse(output) as {
        modules: { source: string }[];
        summary: { violations: unknown[] };
      };
      const scanned = modules.map(({ source }) => source).filter((source) => source.startsWith('src/'));
      expect(scanned.sort()).toEqual(sources);
      expect(scanned.length).toBeGreaterThan(100);
      expect({ passed, violations: summary.violations }).toEqual({ passed: true, violations: [] });
    },
    patience,
  );

  it('checks format, lint, layers and types by one command', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts['lint']).toBe('eslint . --max-warnings 0');
    expect(scripts['layers']).toBe('depcruise src --config .dependency-cruiser.cjs');
    for (const part of [
      'prettier --check .',
      'npm run --silent lint',
      'npm run --silent layers',
      'tsc --noEmit',
    ]) {
      expect(scripts['check']?.split(' && ')).toContain(part);
    }
  });
});
