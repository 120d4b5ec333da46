import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { compiledSources } from '../e2e/compiled-sources.fixture.js';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const esbuild = fileURLToPath(new URL('../../node_modules/.bin/esbuild', import.meta.url));
/** Packages that are there for others, are loaded by path, or are patched by the preload and must be the same for both. */
const external = [
  ...['pg', 'pg-native', '@electric-sql/pglite', '@fastify/static', '@fastify/multipart', '@fastify/middie'],
  ...['@fastify/view', '@nestjs/microservices', '@nestjs/websockets', '@nestjs/platform-express'],
  ...['@nestjs/mongoose', '@nestjs/sequelize', '@nestjs/axios', '@mikro-orm/core', 'class-validator'],
  ...['class-transformer', 'mongodb', 'mysql', 'mysql2', 'sqlite3', 'better-sqlite3', 'oracledb', 'mssql'],
  ...['sql.js', 'redis', 'pg-query-stream', '@sap/*', '@google-cloud/spanner', '@grpc/*', 'hdb-pool'],
  ...['typeorm-aurora-data-api-driver', 'react-native-sqlite-storage', 'expo-sqlite'],
];
/** CommonJS packages expect these three. */
const banner = `import { createRequire as bundleRequire } from 'node:module'; import { fileURLToPath as bundlePath } from 'node:url';
const require = bundleRequire(import.meta.url); const __filename = bundlePath(import.meta.url); const __dirname = bundlePath(new URL('.', import.meta.url));`;

/** The server in one file, which Node reads in half the time: these tests start it hundreds of times. */
export async function bundledServer(): Promise<string> {
  // The migrations are read relative to the folder of the embedded database.
  const folder = join(await compiledSources(), 'database', 'embedded');
  const target = join(folder, 'bundled-server.js');
  if (await exists(target)) return target;
  const fresh = join(folder, `bundled-${randomUUID()}.js`);
  await run(esbuild, [
    join(folder, '../../main.js'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--target=node20',
    '--keep-names',
    '--log-level=error',
    `--outfile=${fresh}`,
    `--banner:js=${banner}`,
    ...external.map((name) => `--external:${name}`),
  ]);
  await rename(fresh, target);
  return target;
}

/** The preload that ends a server at a point with a name, as JavaScript that finds the server's packages. */
export async function stopPointPreload(): Promise<string> {
  const folder = join(await compiledSources(), 'database', 'embedded');
  const source = await readFile(join(here, 'stop-point.preload.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  const fresh = join(folder, `preload-${randomUUID()}.js`);
  await writeFile(fresh, outputText);
  const target = join(folder, 'stop-point.preload.js');
  await rename(fresh, target);
  return target;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
