import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const tools = {
  layers: ['dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs'],
  lint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
};

/** What a tool said, and whether it was content. */
export interface ToolResult {
  readonly passed: boolean;
  readonly output: string;
}

/** A project in a temporary directory under this repository's own rules, with the given sources and nothing else. */
export class PlantedProject {
  private readonly directory = mkdtempSync(join(tmpdir(), 'assay-layers-'));

  /** @param sources contents by path, such as `src/bucketing/slot.ts` */
  constructor(sources: Readonly<Record<string, string>>) {
    for (const file of ['package.json', 'tsconfig.json', 'eslint.config.mjs', '.dependency-cruiser.cjs']) {
      cpSync(join(root, file), join(this.directory, file));
    }
    symlinkSync(join(root, 'node_modules'), join(this.directory, 'node_modules'), 'junction');
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(this.directory, path)), { recursive: true });
      writeFileSync(join(this.directory, path), text);
    }
  }

  /** Runs what `npm run layers` or `npm run lint` runs. */
  run(tool: keyof typeof tools): ToolResult {
    return runTool(tool, this.directory);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Runs a tool of `npm run check` in this repository, with further words on its command line. */
export function runTool(tool: keyof typeof tools, directory = root, ...words: string[]): ToolResult {
  const [script = '', ...rest] = tools[tool];
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...rest, ...words], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0' },
  });
  return { passed: result.status === 0, output: result.stdout + result.stderr };
}
