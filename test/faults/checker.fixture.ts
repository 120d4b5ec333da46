import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.js';
import type { Metric } from '../../src/catalogue/metric.js';
import { exact } from '../metrics/decimal.js';
import { recount, storedTotals, type AllTotals } from '../metrics/recount.js';
import type { Ledger, LedgerEntry } from './ledger.fixture.js';

/** What a report says of one variant's latencies. */
export interface ReportedVariant {
  readonly key: string;
  readonly events: number;
  readonly sum: number;
}

/** The part of a report that is held against the rows. */
export interface Reported {
  readonly health: { readonly outcomes: number; readonly exposed: number; readonly neverExposed: number };
  readonly variants: readonly ReportedVariant[];
}

/** How the ledger, the rows, the totals and the report differ; all zero but the first when nothing went wrong. */
export interface Verdict {
  readonly acknowledged: number;
  readonly lost: number;
  readonly countedTwice: number;
  /** Totals that are not the recount of the rows. */
  readonly totalsOff: number;
  /** Figures of the report that are not the recount. */
  readonly reportOff: number;
  /** Units that were given another variant than before. */
  readonly reassigned: number;
  readonly neverExposed: number;
}

interface OutcomeRow {
  readonly id: string;
  readonly latency: string;
}

/** Holds what was promised against the database itself and the report. */
export async function verdictOf(
  ledger: Ledger,
  client: Client,
  experiment: string,
  reported: Reported,
): Promise<Verdict> {
  const entries = await ledger.entries();
  const ask = async <Row>(statement: string, values: unknown[] = []): Promise<Row[]> =>
    (await client.query(statement, values)).rows as Row[];
  const [{ id }] = (await ask<{ id: number }>('SELECT id FROM experiment WHERE key = $1', [experiment])) as [
    { id: number },
  ];
  const rows = await ask<OutcomeRow>(
    `SELECT o.id, v::text AS latency FROM outcome o CROSS JOIN unnest(o.metrics, o."values") AS k(m, v)
     JOIN metric ON metric.id = k.m WHERE o.experiment_id = $1 AND metric.key = 'latency_ms'`,
    [id],
  );
  const catalogue = await catalogueOf(ask);
  const asked = { query: ask } as unknown as DataSource;
  const recounted = await recount(asked, id, id, catalogue);
  const latency = catalogue.find(({ metric }) => metric.key === 'latency_ms')?.id ?? 0;
  return {
    ...comparePromises(entries, rows),
    totalsOff: differences(recounted, await storedTotals(asked, id, id)),
    reportOff: compareReport(reported, recounted, latency, rows.length),
    reassigned: countReassigned(entries),
    neverExposed: reported.health.neverExposed,
  };
}

async function catalogueOf(ask: <Row>(statement: string) => Promise<Row[]>): Promise<CatalogueEntry[]> {
  const rows = await ask<Metric & { id: number }>(
    `SELECT * FROM metric WHERE kind NOT IN ('ratio', 'quantile')`,
  );
  return rows.map(({ id, ...metric }) => ({ id, metric }));
}

function comparePromises(entries: readonly LedgerEntry[], rows: readonly OutcomeRow[]) {
  const promised = new Map(
    entries
      .flatMap((entry) => ('acknowledged' in entry ? entry.acknowledged : []))
      .map((item) => [item.id, item]),
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  const isKept = (id: string, latency: number) => {
    const found = stored.get(id)?.latency;
    return found !== undefined && exact(found) === exact(latency);
  };
  return {
    acknowledged: promised.size,
    lost: [...promised.values()].filter(({ id, latency }) => !isKept(id, latency)).length,
    countedTwice: rows.length - stored.size,
  };
}

function differences(left: AllTotals, right: AllTotals): number {
  return (['units', 'cohorts', 'exposed'] as const).reduce((count, table) => {
    const keys = new Set([...Object.keys(left[table]), ...Object.keys(right[table])]);
    return count + [...keys].filter((key) => String(left[table][key]) !== String(right[table][key])).length;
  }, 0);
}

/** A key of cohort totals is experiment, phase, metric, segment, variant, epoch and cohort bin. */
function compareReport(
  reported: Reported,
  { cohorts, exposed }: AllTotals,
  latency: number,
  outcomes: number,
): number {
  const counted = new Map<string, { events: bigint; sum: bigint }>();
  for (const [key, [, events = '0', sum = '0']] of Object.entries(cohorts)) {
    const [, , metric, , variant = ''] = key.split('|');
    if (Number(metric) !== latency) continue;
    const before = counted.get(variant) ?? { events: 0n, sum: 0n };
    counted.set(variant, { events: before.events + BigInt(events), sum: before.sum + BigInt(sum) });
  }
  const units = Object.values(exposed).reduce((sum, [count = '0']) => sum + BigInt(count), 0n);
  const isOff = ({ key, events, sum }: ReportedVariant) => {
    const expected = counted.get(key);
    // A sum is shown as the nearest double.
    const total = Number(expected?.sum ?? 0n) / Number(exact(1));
    return (expected?.events ?? 0n) !== exact(1) * BigInt(events) || Math.abs(total - sum) > 1e-12 * total;
  };
  return (
    reported.variants.filter(isOff).length +
    Number(reported.health.outcomes !== outcomes) +
    Number(BigInt(reported.health.exposed) * exact(1) !== units)
  );
}

function countReassigned(entries: readonly LedgerEntry[]): number {
  const seen = new Map<string, Set<string | null>>();
  for (const entry of entries) {
    if ('acknowledged' in entry) continue;
    seen.set(entry.unit, (seen.get(entry.unit) ?? new Set()).add(entry.variant));
  }
  return [...seen.values()].filter((variants) => variants.size > 1).length;
}
