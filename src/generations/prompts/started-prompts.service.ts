import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DecisionWitnesses } from '../../lifecycle/decision-witness.service.js';
import { Clock } from '../../operations/clock.js';
import { PromptStore } from './prompt.store.js';

/** Keeps the text of every variant, and of the fallback, from the moment that an experiment starts. */
@Injectable()
export class StartedPrompts implements OnModuleInit {
  constructor(
    private readonly witnesses: DecisionWitnesses,
    private readonly prompts: PromptStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.witnesses.add(({ variants, fallback }, { action }) => {
      if (action !== 'start') return Promise.resolve(undefined);
      const configs = [...variants.map(({ config }) => config), fallback];
      return Promise.resolve((manager) => this.prompts.ensure(configs, this.clock.now(), manager));
    });
  }
}
