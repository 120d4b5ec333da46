import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { DecisionStore } from '../experiments/decision.store.js';
import type { Experiment } from '../experiments/experiment.js';
import { comparesWithControl, guardedRule } from '../experiments/guarded-rule.js';
import { byChain, presentLeaves } from '../experiments/leaves.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { JudgeWatch } from '../metrics/judge-watch.service.js';
import { TimeTotalsStore } from '../metrics/time-totals.store.js';
import { Clock } from '../operations/clock.js';
import type { Evidence } from './evidence/evidence.js';
import { EvidenceService } from './evidence/evidence.service.js';
import { EvidenceStore } from './evidence/evidence.store.js';
import { overridesIn, type GuardrailOverride } from './override/guardrail-override.js';
import { guardrailResponse, type GuardrailResponse } from './guardrail-response.js';
import { guardrailVerdicts } from './guardrail-verdicts.js';
import { withoutFailingJudges } from './failing-judge.js';
import type { GuardrailVerdict } from './verdict.js';

/** What one look led to, with the evidence that it gathered, to be written together. */
export interface GuardrailLook {
  readonly response: GuardrailResponse;
  readonly write?: (manager: EntityManager) => Promise<unknown>;
}

/** Holds an experiment against its guardrails: outcomes and totals in, verdicts and what they lead to out. */
@Injectable()
export class GuardrailService {
  constructor(
    private readonly totals: TimeTotalsStore,
    private readonly evidence: EvidenceService,
    private readonly evidenceStore: EvidenceStore,
    private readonly catalogue: CatalogueService,
    private readonly decisions: DecisionStore,
    private readonly weightEpochs: WeightEpochStore,
    private readonly judges: JudgeWatch,
    private readonly clock: Clock,
  ) {}

  /** The verdicts as of the last look, on the present phase. */
  async verdicts(experiment: Experiment): Promise<GuardrailVerdict[]> {
    const overrides = await this.overrides(experiment);
    return this.verdictsOn(experiment, await this.evidence.present(experiment), overrides);
  }

  /** The overrides in force, newest first. */
  async overrides({ id }: Experiment): Promise<GuardrailOverride[]> {
    return overridesIn(await this.decisions.list(id), this.clock.now());
  }

  /** Takes in what came since the last look, and says what that leads to. */
  async look(experiment: Experiment, now: Date): Promise<GuardrailLook> {
    if (experiment.guardrails.length === 0) return { response: { kind: 'none' } };
    const { evidence, fresh } = await this.evidence.gather(experiment, now);
    const response = await this.respond(experiment, evidence, now);
    if (!fresh || !evidence) return { response };
    const { id, phase } = experiment;
    return { response, write: (manager) => this.evidenceStore.save(id, phase, evidence, manager) };
  }

  private async respond(
    experiment: Experiment,
    evidence: Evidence | null,
    now: Date,
  ): Promise<GuardrailResponse> {
    const unheeded = await this.verdictsOn(experiment, evidence, []);
    if (!unheeded.some(({ status }) => status === 'breached')) return { kind: 'none' };
    const past = await this.decisions.list(experiment.id);
    const verdicts = await this.verdictsOn(experiment, evidence, overridesIn(past, now));
    const { epochs, leafEpochs = [] } = byChain(await this.weightEpochs.listAll(experiment.id));
    const leaves = experiment.status === 'running' ? presentLeaves({ experiment, leafEpochs }) : [];
    const weights = epochs.at(-1)?.weights ?? {};
    return guardrailResponse(experiment, verdicts, { past, weights, leaves, now });
  }

  private async verdictsOn(
    experiment: Experiment,
    evidence: Evidence | null,
    overrides: readonly GuardrailOverride[],
  ): Promise<GuardrailVerdict[]> {
    const { id, phase, guardrails } = experiment;
    const metrics = guardrails.map((guardrail) =>
      comparesWithControl(guardrail) ? guardrail.metric : guardedRule(guardrail).metric,
    );
    const query = { experimentId: id, phase, metrics: [...new Set(metrics)], binsBefore: null };
    const totals = await this.totals.cohortDays(query);
    const verdicts = guardrailVerdicts(
      experiment,
      { totals, evidence, overrides },
      (key) => this.catalogue.get(key)?.metric,
    );
    return withoutFailingJudges(verdicts, await this.judges.conditions(experiment));
  }
}
