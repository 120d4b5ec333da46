import { randomUUID } from 'node:crypto';
import { AssignmentService, OutcomeService } from '../../dist/index.js';
import { ExposureWriter } from '../../dist/bucketing/exposure-writer.service.js';
import { RegistryService } from '../../dist/experiments/registry.service.js';
import { TotalsStore } from '../../dist/metrics/totals.store.js';

const probe = 'exp_probe';
const metric = 'latency_ms';
const lanes = 20;

/**
 * While batches of 1,000 are always under way, outcomes of another experiment are sent by 20 at a time. After each
 * acknowledgement the totals are read: how often they were, and how often they lacked something acknowledged before the read.
 */
export async function freshness(assay, load, seconds) {
  const end = Date.now() + seconds * 1000;
  const loading = async () => {
    while (Date.now() < end) await load(1_000);
  };
  const [checked] = await Promise.all([probing(assay, end), loading(), loading()]);
  return checked;
}

async function probing(assay, end) {
  const outcomes = assay.get(OutcomeService);
  const totals = assay.get(TotalsStore);
  const { id } = assay.get(RegistryService).get(probe).experiment;
  const counted = async () => {
    const found = await totals.moments({ experimentId: id, phase: 0, binsBefore: null });
    return found.reduce((sum, total) => sum + (total.metric === metric ? total.moments.events : 0), 0);
  };
  let [reads, missing, acknowledged] = [0, 0, 0];
  const lane = async (unit) => {
    await assay.get(AssignmentService).assign(probe, unit);
    await assay.get(ExposureWriter).drained();
    while (Date.now() < end) {
      const item = { id: randomUUID(), experiment: probe, unit, metrics: { [metric]: 5 } };
      const [{ status }] = await outcomes.accept([item]);
      if (status !== 'accepted') throw new Error(`The probe was ${status}.`);
      const atLeast = ++acknowledged;
      reads += 1;
      if ((await counted()) < atLeast) missing += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(`prober-${number}`)));
  return { reads, missing };
}
