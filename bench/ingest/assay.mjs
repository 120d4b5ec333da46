import { AssignmentService, OutcomeService } from '../../dist/index.js';
import { ExposureWriter } from '../../dist/bucketing/exposure-writer.service.js';
import { unitKey } from '../../dist/bucketing/unit-key.js';
import { CatalogueService } from '../../dist/catalogue/catalogue.service.js';
import { RegistryService } from '../../dist/experiments/registry.service.js';
import { IngestionService } from '../../dist/metrics/ingestion.service.js';
import { startAssay } from '../assay-process.mjs';
import { unitOf } from '../experiment.mjs';
import { batchOf, eventSource, experiment, unitsOfWriter } from './events.mjs';
import { freshness } from './freshness.mjs';

/** Assay's own ways in; all units are exposed before anything is measured. */
export async function prepare({ databaseUrl, dataDirectory, writer, events = writer }) {
  const assay = await startAssay({ databaseUrl, dataDirectory, keys: [experiment, 'exp_probe'] });
  const assignments = assay.get(AssignmentService);
  for (let number = 0; number < unitsOfWriter; number++) {
    assignments.assign(experiment, unitOf(events * unitsOfWriter + number));
  }
  await assay.get(ExposureWriter).drained();
  const outcomes = assay.get(OutcomeService);
  const ingestion = assay.get(IngestionService);
  const next = eventSource(events);
  const asOutcome = readyOutcomes(assay);
  const accepted = async (size) => {
    const results = await outcomes.accept(batchOf(next, size));
    if (results.some(({ status }) => status !== 'accepted')) throw new Error(JSON.stringify(results));
  };
  return {
    bulk: () => accepted(1_000),
    single: () => accepted(1),
    async written() {
      const verdicts = await ingestion.write(batchOf(next, 1_000).map(asOutcome));
      if (verdicts.some((verdict) => verdict !== 'accepted')) throw new Error(JSON.stringify(verdicts));
    },
    freshness: (seconds) => freshness(assay, accepted, seconds),
    close: () => assay.close(),
  };
}

/** Events that have been validated already. */
function readyOutcomes(assay) {
  const { id } = assay.get(RegistryService).get(experiment).experiment;
  const catalogue = assay.get(CatalogueService);
  return (event) => {
    const [[key, value]] = Object.entries(event.metrics);
    const now = new Date();
    return {
      experimentId: id,
      unit: unitKey(event.unit),
      id: event.id,
      interaction: `id:${event.id}`,
      at: now,
      receivedAt: now,
      measures: [{ metric: catalogue.get(key).id, value }],
      tags: null,
      errored: false,
      replaces: false,
      phase: null,
      proof: null,
    };
  };
}
