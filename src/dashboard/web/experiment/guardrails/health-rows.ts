import type { ReportView } from '../../api/contract.js';
import { metricNameOf } from '../../format/metric.js';
import { countOf, pValueOf, shareOf } from '../../format/number.js';
import { eValueOf } from './verdict-words.js';

/** One thing to know of the data: what it is, how it stands, and whether it needs a look. */
export interface HealthRow {
  readonly name: string;
  readonly value: string;
  readonly words: string;
  readonly state: 'good' | 'look' | 'bad';
}

/** Everything that the report knows of the data's health. */
export function healthRows(report: ReportView): HealthRow[] {
  const { health } = report;
  return [
    splitRow(health.srm),
    ...report.metrics
      .filter(({ role }) => role === 'primary')
      .flatMap((metric) => metricRows(metric, report)),
    counter('Never exposed', health.neverExposed, 'outcomes refused, as their unit had met no variant'),
    counter('Outside the window', health.outsideWindow, 'outcomes stored and left out'),
    counter('More than one variant', health.multipleExposures, 'units; they count under the first'),
    counter('Deferred', health.deferred, 'outcomes taken in while the database was away, not yet written'),
    ...receiptRows(health.receipts),
  ];
}

function splitRow({ pValue, eValue, greatestEValue, mismatch }: ReportView['health']['srm']): HealthRow {
  const evidence = [
    ...(pValue === null ? [] : [`p ${pValueOf(pValue)}`]),
    ...(eValue === null
      ? []
      : [`e-value ${eValueOf(eValue)}, at its greatest ${eValueOf(greatestEValue)}, alarm at 1,000`]),
  ];
  const unknown = evidence.length === 0;
  return {
    name: 'Sample ratio',
    value: unknown ? '–' : evidence.join('; '),
    words: mismatch
      ? 'The variants did not receive the units that their weights promise. Look for redirects, crashes, filters or bots that lose units of one variant.'
      : unknown
        ? 'Not enough units to say whether the split is as planned.'
        : 'The variants receive the units that their weights promise.',
    state: mismatch ? 'bad' : unknown ? 'look' : 'good',
  };
}

function metricRows(metric: ReportView['metrics'][number], { variants }: ReportView): HealthRow[] {
  const exposed = sum(variants.map(({ units }) => units));
  const units = sum(metric.variants.map((variant) => variant.units));
  const provisional = sum(metric.variants.map((variant) => variant.provisional));
  const missing = Math.max(0, exposed - units);
  const name = metricNameOf(metric.key);
  return [
    {
      name: `Missing ${name}`,
      value: exposed === 0 ? '–' : `${countOf(missing)} of ${countOf(exposed)} units`,
      words:
        exposed === 0
          ? 'No unit has met a variant yet.'
          : missing === 0
            ? 'Every unit that met a variant has a value.'
            : `${shareOf(missing / exposed)} of the units that met a variant have no value, and are not compared on it.`,
      state: exposed > 0 && missing / exposed > 0.5 ? 'look' : 'good',
    },
    {
      name: `Not yet mature, ${name}`,
      value: `${countOf(provisional)} of ${countOf(units)} units`,
      words: 'Their window has not passed yet; comparisons wait for them.',
      state: units > 0 && provisional === units ? 'look' : 'good',
    },
  ];
}

function counter(name: string, count: number, words: string): HealthRow {
  return {
    name,
    value: countOf(count),
    words: count === 0 ? 'None.' : `${countOf(count)} ${words}.`,
    state: count === 0 ? 'good' : 'look',
  };
}

function receiptRows(receipts: ReportView['health']['receipts']): HealthRow[] {
  const { generations, otherModel, otherConfig, fallbacks, withoutVariant, dropped } = receipts;
  if (generations === 0 && dropped === 0)
    return [
      {
        name: 'Assigned = served',
        value: '–',
        words: 'No generations on record: what was really served is not known here.',
        state: 'good',
      },
    ];
  const served = generations - otherConfig;
  return [
    {
      name: 'Assigned = served',
      value: `${countOf(served)} of ${countOf(generations)}`,
      words:
        otherConfig === 0
          ? 'Every generation was sent with the config of its variant.'
          : `${countOf(otherConfig)} generations were sent with another config than their variant has.`,
      state: otherConfig === 0 ? 'good' : 'bad',
    },
    counter('Other model', otherModel, 'generations answered by another model than the one asked for'),
    counter('Fallback config', fallbacks, "generations answered by a variant's fallback config"),
    {
      ...counter('Without variant', withoutVariant, "generations with the experiment's fallback"),
      state: 'good',
    },
    counter('Lost generations', dropped, 'generations that nobody knows of; outcomes are not concerned'),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
