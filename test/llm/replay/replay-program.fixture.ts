import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { compiledSources } from '../../e2e/compiled-sources.fixture.js';

/** The application as JavaScript beside the compiled sources. */
export async function replayProgram(): Promise<string> {
  const folder = await compiledSources();
  const source = await readFile(new URL('./replay-application.fixture.ts', import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source.replaceAll(`'../../../src/`, `'./`), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  const target = join(folder, 'replay-application.js');
  await writeFile(target, outputText);
  return target;
}
