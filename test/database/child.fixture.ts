import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The folder under test, and the one that it may import from. */
const SOURCES = ['src/database', 'src/operations'];

/** A real process that runs a script over the compiled sources; its lines of output are its messages. */
export class Child {
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;
  private readonly complaints: Buffer[] = [];

  constructor(readonly process: ChildProcess) {
    if (process.stdout === null) throw new Error('The child has no output.');
    process.stderr?.on('data', (bytes: Buffer) => this.complaints.push(bytes));
    this.reader = createInterface({ input: process.stdout });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const { value, done } = await this.lines.next();
    if (done === true)
      throw new Error(`The child said nothing more. ${Buffer.concat(this.complaints).toString()}`);
    return value;
  }

  /** Everything it still says. */
  async rest(): Promise<string[]> {
    const lines: string[] = [];
    for (let next = await this.lines.next(); next.done !== true; next = await this.lines.next())
      lines.push(next.value);
    return lines;
  }

  async exit(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** Ends it at once, with no chance to tidy up. */
  async kill(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
  }
}

/** Compiles what the children need, once, beside `node_modules` so that packages are found. */
export class ChildWorkshop {
  private scripts = 0;

  private constructor(readonly directory: string) {}

  static async open(): Promise<ChildWorkshop> {
    const cache = join(ROOT, 'node_modules/.cache');
    await mkdir(cache, { recursive: true });
    const directory = await mkdtemp(join(cache, 'assay-children-'));
    await writeFile(join(directory, 'package.json'), '{"type":"module"}');
    for (const folder of SOURCES) {
      for (const name of await readdir(join(ROOT, folder), { recursive: true })) {
        if (name.endsWith('.ts')) await compile(join(folder, name.slice(0, -3)), directory);
      }
    }
    return new ChildWorkshop(directory);
  }

  /** Starts a script; it imports from `./src/…` and finds its arguments in `process.argv`. */
  async start(script: string, ...input: string[]): Promise<Child> {
    this.scripts += 1;
    const path = join(this.directory, `child-${this.scripts}.js`);
    await writeFile(path, script);
    return new Child(
      spawn(process.execPath, [path, ...input], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function compile(file: string, target: string): Promise<void> {
  const output = join(target, `${file}.js`);
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, transpile(await readFile(join(ROOT, `${file}.ts`), 'utf8')));
}

function transpile(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  }).outputText;
}
