import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { ConfigChecks } from './config-checks.service.js';
import { DecisionEntity } from './decision.entity.js';
import { DecisionStore } from './decision.store.js';
import { DryRunService } from './dry-run/dry-run.service.js';
import { DraftOutlooks } from './draft-outlooks.service.js';
import { ExperimentEntity } from './experiment.entity.js';
import { ExperimentStore } from './experiment.store.js';
import { ExperimentsService } from './experiments.service.js';
import { FreshnessService } from './freshness.service.js';
import { KillSwitchStore } from './kill-switch.store.js';
import { LayerStore } from './layer.store.js';
import { ProgrammeHoldbackService } from './programme/programme-holdback.service.js';
import { ProgrammeHoldbackStore } from './programme/programme-holdback.store.js';
import { RegistryService } from './registry.service.js';
import { Salts } from './salts.service.js';
import { WeightEpochEntity } from './weight-epoch.entity.js';
import { WeightEpochStore } from './weight-epoch.store.js';
import { assayDataSource } from '../operations/data-source-name.js';

const providers = [
  ExperimentStore,
  WeightEpochStore,
  DecisionStore,
  KillSwitchStore,
  LayerStore,
  RegistryService,
  Salts,
  FreshnessService,
  ProgrammeHoldbackStore,
  ProgrammeHoldbackService,
  DraftOutlooks,
  ConfigChecks,
  DryRunService,
  ExperimentsService,
];

/** Definitions, their traffic history and the one in-memory registry that every other module reads. */
@Module({
  imports: [
    CatalogueModule,
    TypeOrmModule.forFeature([ExperimentEntity, WeightEpochEntity, DecisionEntity], assayDataSource),
  ],
  providers,
  exports: [...providers, CatalogueModule],
})
export class ExperimentsModule {}
