import { hash } from 'node:crypto';
import { cohortDay } from '../bucketing/cohort.js';
import type { Exposure } from '../bucketing/exposure.js';
import { unitKey } from '../bucketing/unit-key.js';
import type { CatalogueEntry } from '../catalogue/catalogue.js';
import type { Experiment } from '../experiments/experiment.js';
import { inspectInput } from '../operations/problem/input-inspection.js';
import { schemaFaults } from '../operations/problem/read-input.js';
import { inOurWords } from '../operations/problem/schema-words.js';
import { ImportLine, type ImportedLine } from './import.schema.js';
import { clockTolerance } from './outcome-window.js';
import type { Outcome } from './outcome.js';
import { readMeasures } from './read-measures.js';

/** What a line says: an exposure, and an outcome if it measures anything. */
export interface ReadLine {
  readonly exposure: Exposure;
  readonly outcome: Outcome | null;
}

/** Characters of a line that is not JSON in the message about it. */
const longestShown = 40;

type EntryOf = (key: string) => CatalogueEntry | undefined;

/** Reads a line, or says what is wrong with it. */
export function readImportLine(
  text: string,
  experiment: Experiment,
  entryOf: EntryOf,
  now: Date,
): ReadLine | { readonly detail: string } {
  const line = parseLine(text);
  if ('detail' in line) return line;
  if (!experiment.variants.some(({ key }) => key === line.variant)) {
    return { detail: `variant: "${line.variant}" is not a variant of ${experiment.key}` };
  }
  if (line.at.getTime() > now.getTime() + clockTolerance)
    return { detail: `at: ${line.at.toISOString()} lies in the future` };
  const { measures, faults } = readMeasures(line.metrics ?? {}, entryOf);
  if (faults.length > 0)
    return { detail: faults.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ') };
  const exposure = exposureOf(line, experiment);
  if (measures.length === 0) return { exposure, outcome: null };
  const id = line.id ?? `line:${hash('sha256', text, 'hex').slice(0, 32)}`;
  const errored = measures.some(({ metric, value }) => metric === entryOf('error')?.id && value > 0);
  const { experimentId, unit } = exposure;
  const about = {
    experimentId,
    unit,
    id,
    interaction: `id:${id}`,
    at: line.at,
    receivedAt: now,
    phase: 0,
    proof: null,
  };
  return { exposure, outcome: { ...about, measures, errored, tags: null, replaces: false } };
}

function parseLine(text: string): ImportedLine | { readonly detail: string } {
  const sent = parseJson(text);
  if (sent === undefined) return { detail: `line: not JSON (received ${JSON.stringify(shortened(text))})` };
  const [unsafe] = inspectInput(sent);
  if (unsafe) return { detail: `${unsafe.pointer || 'line'}: ${unsafe.message}` };
  const parsed = ImportLine.safeParse(sent, inOurWords);
  if (!parsed.success) {
    return {
      detail: parsed.error.issues
        .flatMap((issue) => schemaFaults(issue, sent))
        .map(({ pointer, message }) => `${pointer || 'line'}: ${message}`)
        .join('; '),
    };
  }
  return parsed.data;
}

/** Imported units share one cohort: their data are complete, so none has to mature. */
function exposureOf(line: ImportedLine, experiment: Experiment): Exposure {
  const day = cohortDay(experiment.createdAt);
  return {
    experimentId: experiment.id,
    unit: unitKey(line.unit),
    phase: 0,
    unitId: line.unit,
    variant: line.variant,
    epoch: 1,
    reason: 'imported',
    propensity: line.propensity ?? null,
    exposedAt: line.at,
    cohortDay: day,
    cohortBin: new Date(day),
    attributes: line.attributes ?? null,
  };
}

/** As much of a line as shows which one it is, in whole characters. */
function shortened(text: string): string {
  return text.length > longestShown
    ? `${text.slice(0, longestShown).replace(/[\uD800-\uDBFF]$/, '')}…`
    : text;
}

/** Undefined, which no JSON is, where the text is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
