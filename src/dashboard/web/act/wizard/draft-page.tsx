import { useState } from 'preact/hooks';
import type { ExperimentView, MetricView } from '../../api/contract.js';
import { request } from '../../api/request.js';
import { useResource } from '../../api/resource.js';
import { PageHeading } from '../../shell/page-heading.js';
import { FormProblem } from '../field.js';
import { problemIn } from '../send.js';
import { AllocationStep } from './allocation-step.js';
import { AudienceStep } from './audience-step.js';
import { bodyOf } from './draft-body.js';
import { FaultSummary } from './fault-summary.js';
import { GuardrailsStep } from './guardrails-step.js';
import { KeptNote } from './kept-note.js';
import { MetricsStep } from './metrics-step.js';
import { modelsOf } from './models-of.js';
import { MoreStep } from './more-step.js';
import { PlanStep } from './plan-step.js';
import { Progress } from './progress.js';
import { RampStep } from './ramp-step.js';
import { ReviewStep } from './review-step.js';
import type { DraftState } from './use-draft.js';
import { unreadable, useFaults } from './use-faults.js';
import { VariantsStep } from './variants-step.js';
import { WhatStep } from './what-step.js';

export interface DraftPageProps {
  readonly from: string | null;
  readonly draft: DraftState;
  readonly experiments: readonly ExperimentView[];
  readonly onCreated: (experiment: ExperimentView) => void;
}

/** All parts of a draft on one page. */
export function DraftPage({ from, draft, experiments, onCreated }: DraftPageProps) {
  const typed = bodyOf(draft.form);
  const { body } = typed;
  const { check, found, shown, all, refused, refuse } = useFaults(draft, typed);
  const [busy, setBusy] = useState(false);
  const create = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (typed.faults.length > 0) return refuse(unreadable);
    setBusy(true);
    try {
      onCreated(await request<ExperimentView>('POST', 'v1/experiments', body));
      draft.forget();
    } catch (error) {
      refuse(problemIn(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <header class="page-head">
        <PageHeading title="New experiment" />
        {from !== null && draft.problem === null && (
          <span class="muted">
            begun from <code>{from}</code>
          </span>
        )}
      </header>
      <KeptNote draft={draft} />
      <form class="draft" noValidate onSubmit={(event) => void create(event)}>
        <FormProblem.Provider value={shown.problem}>
          <Progress faults={found} />
          <div class="steps">
            <Parts experiments={experiments} />
            <ReviewStep body={body} check={check} faults={all} />
            <FaultSummary refused={refused} />
            <p class="row">
              <button class="primary" aria-busy={busy}>
                {busy ? 'Creating…' : 'Create the draft'}
              </button>
              <span class="hint">Nobody meets it until it is started.</span>
            </p>
          </div>
        </FormProblem.Provider>
      </form>
    </>
  );
}

/** What is chosen, part by part. */
function Parts({ experiments }: Pick<DraftPageProps, 'experiments'>) {
  const { data } = useResource<{ readonly metrics: readonly MetricView[] }>('v1/metrics');
  const metrics = data?.metrics ?? [];
  return (
    <>
      <WhatStep />
      <VariantsStep models={modelsOf(experiments)} />
      <MetricsStep metrics={metrics} />
      <PlanStep experiments={experiments} />
      <AllocationStep metrics={metrics} />
      <GuardrailsStep metrics={metrics} />
      <RampStep />
      <AudienceStep />
      <MoreStep />
    </>
  );
}
