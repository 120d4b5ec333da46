// Feeds an experiment through the product's own statements, in a process of its own: `feeder.mjs <setting as JSON>`.
// Units came to it from 21 to 8 days ago, so that all are matured; each sent 20 values, four of each metric.
import process from 'node:process';
import { AssignmentService } from '../../dist/index.js';
import { exposureOfUnit } from '../../dist/bucketing/exposure-of-unit.js';
import { ExposureStore } from '../../dist/bucketing/exposure.store.js';
import { CatalogueService } from '../../dist/catalogue/catalogue.service.js';
import { Transactions } from '../../dist/database/transactions.service.js';
import { IngestionService } from '../../dist/metrics/ingestion.service.js';
import { startAssay } from '../assay-process.mjs';
import { unitOf } from '../experiment.mjs';
import { valuesPerUnit, valueOf, metrics } from './values.mjs';

const { databaseUrl, keys, key, events } = JSON.parse(process.argv[2]);
const assay = await startAssay({ databaseUrl, keys });
const assignments = assay.get(AssignmentService);
const catalogue = assay.get(CatalogueService);
const unitsAtOnce = 200;
const day = 86_400_000;
const now = Date.now();

function exposureOf(number) {
  const at = new Date(now - 21 * day + (number % 13) * day);
  return exposureOfUnit(assignments.assign(key, unitOf(number), { peek: true }), unitOf(number), at, null);
}

const outcomesOf = (exposure, number) =>
  Array.from({ length: valuesPerUnit }, (_, turn) => {
    const metric = metrics[turn % metrics.length];
    const at = new Date(exposure.exposedAt.getTime() + turn * 60_000);
    const value = valueOf(metric, number * valuesPerUnit + turn, exposure.variant);
    const common = { tags: null, errored: false, replaces: false, phase: null, proof: null };
    const measures = [{ metric: catalogue.get(metric).id, value }];
    const id = `${number}-${turn}`;
    return {
      ...common,
      experimentId: exposure.experimentId,
      unit: exposure.unit,
      id,
      interaction: id,
      at,
      receivedAt: at,
      measures,
    };
  });

let next = 0;
const lane = async (writer) => {
  while (next * valuesPerUnit < events) {
    const first = next;
    next += unitsAtOnce;
    const numbers = Array.from({ length: unitsAtOnce }, (_, index) => first + index);
    const exposures = numbers.map(exposureOf);
    await assay
      .get(Transactions)
      .run((manager) => assay.get(ExposureStore).write(exposures, writer, manager));
    const outcomes = exposures.flatMap((exposure, index) => outcomesOf(exposure, numbers[index]));
    const refused = (await assay.get(IngestionService).replay(outcomes)).find(
      (verdict) => verdict !== 'accepted',
    );
    if (refused) throw new Error(`An outcome was ${refused}.`);
  }
};
await Promise.all([lane(0), lane(1)]);
await assay.close();
process.send('fed');
