import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RegistryService } from '../experiments/registry.service.js';
import { AssayError } from '../operations/assay-error.js';
import { decorationFaults, type DecoratedMethod } from './declaration/decoration-faults.js';
import { experimentUsesOf, variantParametersOf } from './declaration/experiment-metadata.accessor.js';

/** Finds every `@Experiment` of the application, notes it in the registry, and checks that it can work. */
@Injectable()
export class ExperimentExplorer implements OnModuleInit {
  private readonly logger = new Logger('Experiment');
  private methods: readonly DecoratedMethod[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly registry: RegistryService,
  ) {}

  /** Throws INVALID_CONFIGURATION for decorators that cannot work wherever they stand. */
  onModuleInit(): void {
    this.methods = [...this.methodsOf('controllers'), ...this.methodsOf('providers')];
    refuse(this.methods.flatMap(decorationFaults));
    for (const { place, uses } of this.methods) for (const { key } of uses) this.registry.noteUse(key, place);
  }

  /**
   * Throws INVALID_CONFIGURATION, naming every place that decorates a key which no experiment has.
   * To be called once the registry is loaded and the experiments in code are registered.
   */
  check(): void {
    const unknown = this.uses().filter(({ key }) => !this.registry.get(key));
    refuse(unknown.map(({ place, key }) => this.unknownKey(place, key)));
    for (const { place, key, unit } of this.uses()) this.warn(place, key, unit !== undefined);
  }

  private warn(place: string, key: string, namesUnit: boolean): void {
    const experiment = this.registry.get(key)?.experiment;
    if (!experiment) return;
    const { status, unit, decidedVariant } = experiment;
    if (status === 'concluded' || status === 'archived') {
      const outcome =
        status === 'concluded' ? `concluded on "${decidedVariant ?? experiment.control}"` : status;
      this.logger.warn(
        `${place} still decorates "${key}", which is ${outcome}; serve its config without @Experiment. ` +
          'GET /v1/experiments?stale=true lists all such places with the config to write there.',
      );
    }
    if ((unit === 'tenant' || unit === 'conversation') && !namesUnit) {
      this.logger.warn(
        `"${key}" gives each ${unit} a variant, but ${place} does not say which ${unit} a request is of, so each user is given one; add { unit: (request) => … }.`,
      );
    }
  }

  private uses() {
    return this.methods.flatMap(({ place, uses }) => uses.map((use) => ({ place, ...use })));
  }

  private unknownKey(place: string, key: string): string {
    const known = this.registry.list().map(({ experiment }) => experiment.key);
    const list = known.length === 0 ? 'there are none' : `known are ${known.join(', ')}`;
    return `${place} decorates "${key}", but no experiment of that key is registered or stored (${list}). Register it in AssayModule.forRoot({ experiments: [...] }), create it with POST /v1/experiments, or correct the key.`;
  }

  private methodsOf(kind: DecoratedMethod['kind']): DecoratedMethod[] {
    const wrappers = kind === 'controllers' ? this.discovery.getControllers() : this.discovery.getProviders();
    const classes = new Set(
      wrappers.map(({ metatype }) => metatype).filter((type) => typeof type === 'function'),
    );
    return [...classes]
      .flatMap((type) => {
        const prototype = type.prototype as Record<string, object> | undefined;
        if (!prototype) return [];
        return this.scanner.getAllMethodNames(prototype).map((name) => ({
          kind,
          place: `${type.name}.${name}`,
          uses: experimentUsesOf(prototype[name] ?? {}),
          variantParameters: variantParametersOf(prototype, name),
        }));
      })
      .filter(({ uses, variantParameters }) => uses.length + variantParameters.length > 0);
  }
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new AssayError('INVALID_CONFIGURATION', faults.join('\n'));
}
