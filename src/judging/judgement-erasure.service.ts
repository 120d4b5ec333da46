import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitDataService } from '../generations/erasure/unit-data.service.js';
import { JudgementStore } from './judgement.store.js';
import { PreferenceStore } from './preference.store.js';

/**
 * Erases with a unit what judges said of its answers, for a reason may quote them, and the hashes of what it asked. Scores,
 * preferences and labels stay, as all values do.
 */
@Injectable()
export class JudgementErasure implements OnModuleInit {
  constructor(
    private readonly unitData: UnitDataService,
    private readonly judgements: JudgementStore,
    private readonly preferences: PreferenceStore,
  ) {}

  onModuleInit(): void {
    this.unitData.also(async (rows, manager) => {
      await this.judgements.eraseReasons(rows, manager);
      await this.preferences.eraseInputs(rows, manager);
    });
  }
}
