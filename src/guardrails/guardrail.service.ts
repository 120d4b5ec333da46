import { Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { DecisionStore } from '../experiments/decision.store.js';
import type { Experiment } from '../experiments/experiment.js';
import { TimeTotalsStore } from '../metrics/time-totals.store.js';
import { guardedRule } from '../experiments/guarded-rule.js';
import { guardrailResponse, type GuardrailResponse } from './guardrail-response.js';
import { guardrailVerdicts, type GuardrailVerdict } from './verdict.js';

/** Holds an experiment against its guardrails: totals in, verdicts and what they lead to out. */
@Injectable()
export class GuardrailService {
  constructor(
    private readonly totals: TimeTotalsStore,
    private readonly catalogue: CatalogueService,
    private readonly decisions: DecisionStore,
  ) {}

  /** The present verdicts, on every unit of the present phase. */
  async verdicts(experiment: Experiment): Promise<GuardrailVerdict[]> {
    const { id, phase, guardrails } = experiment;
    const metrics = [...new Set(guardrails.map((guardrail) => guardedRule(guardrail).metric))];
    const totals = await this.totals.cohortDays({ experimentId: id, phase, metrics, binsBefore: null });
    return guardrailVerdicts(experiment, totals, (key) => this.catalogue.get(key)?.metric);
  }

  async respond(experiment: Experiment, now: Date): Promise<GuardrailResponse> {
    if (experiment.guardrails.length === 0) return { kind: 'none' };
    const verdicts = await this.verdicts(experiment);
    const breached = verdicts.some(({ status }) => status === 'breached');
    return guardrailResponse(
      experiment,
      verdicts,
      breached ? await this.decisions.list(experiment.id) : [],
      now,
    );
  }
}
