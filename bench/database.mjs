import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { undoing } from './left-behind.mjs';

const home = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
let made = 0;

async function asked(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Runs work with the address of a database of its own, which is dropped whatever happens. */
export async function withDatabase(work) {
  const name = `assay_bench_${process.pid}_${made++}`;
  const url = new URL(home);
  url.pathname = `/${name}`;
  await asked(home, `CREATE DATABASE ${name}`);
  return undoing(
    () => drop(name),
    () => work(url.href),
  );
}

/** An autovacuum at work is not ended by FORCE, but it ends. */
async function drop(name, attempts = 20) {
  try {
    await asked(home, `DROP DATABASE ${name} WITH (FORCE)`);
  } catch (error) {
    if (error.code !== '55006' || attempts === 0) throw error;
    await setTimeout(1_000);
    await drop(name, attempts - 1);
  }
}

/** Rows of a query. */
export const rowsOf = (url, text) => asked(url, text);

/** The number that a query gives. */
export async function countOf(url, text) {
  const [row] = await asked(url, text);
  return Number(Object.values(row)[0]);
}

/** PostgreSQL's version. */
export async function postgresVersion() {
  const [row] = await asked(home, 'SHOW server_version');
  return row.server_version.split(' ')[0];
}
