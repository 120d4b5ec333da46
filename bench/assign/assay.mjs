import { NestFactory } from '@nestjs/core';
import { AssayModule, AssignmentService, readConfiguration } from '../../dist/index.js';
import { AllocationService } from '../../dist/allocation/allocation.service.js';
import { ExposureWriter } from '../../dist/bucketing/exposure-writer.service.js';
import { RegistryService } from '../../dist/experiments/registry.service.js';
import { keyOf, variantsOf } from './setting.mjs';

/** Assay as an application has it: its own module, the embedded database, experiments that run. */
export async function prepare({ experiments, variants, moved }) {
  const module = AssayModule.forRoot({
    configuration: readConfiguration({ ASSAY_DATA_DIR: 'memory://', ASSAY_LOG_LEVEL: 'fatal' }),
    experiments: Array.from({ length: experiments }, (_, number) => ({
      key: keyOf(number),
      control: 'v0',
      variants: variantsOf(variants).map((key) => ({ key, config: { value: key } })),
      metrics: { primary: 'thumbs_up' },
    })),
    autoStart: true,
  });
  const app = await NestFactory.createApplicationContext(module, { logger: ['fatal'] });
  const assignments = app.get(AssignmentService, { strict: false });
  const writer = app.get(ExposureWriter, { strict: false });
  if (moved) await moveAllSlots(app);
  return {
    one: (key, unit) => assignments.assign(key, unit).variant,
    all: (unit) => assignments.assignAll(unit),
    assign: (key, unit, options) => assignments.assign(key, unit, options),
    settle: () => writer.drained(),
    close: () => app.close(),
  };
}

/** Each slot changes hands once at least: all to the second variant, then all to the first. */
async function moveAllSlots(app) {
  const allocations = app.get(AllocationService, { strict: false });
  const registry = app.get(RegistryService, { strict: false });
  for (const weights of [
    { v0: 0, v1: 1 },
    { v0: 1, v1: 0 },
  ]) {
    const { experiment } = registry.get(keyOf(0));
    await allocations.set(experiment, { mode: 'fixed', weights, reason: 'benchmark' }, 'benchmark');
  }
}
