import { useEffect, useState } from 'preact/hooks';
import type { ExperimentView, MetricView } from '../../api/contract.js';
import { Problem, request } from '../../api/request.js';
import { useResource } from '../../api/resource.js';
import { PageHeading } from '../../shell/page-heading.js';
import { FormProblem } from '../field.js';
import { problemIn } from '../send.js';
import { AllocationStep } from './allocation-step.js';
import { AudienceStep } from './audience-step.js';
import { bodyOf } from './draft-body.js';
import { FaultSummary } from './fault-summary.js';
import { shownFaults, type ShownFaults } from './faults-shown.js';
import { fieldPlaces, focusField } from './focus-field.js';
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
import { useCheck } from './use-check.js';
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
  const { body, faults } = bodyOf(draft.form);
  const { refused, refuse, clear } = useRefusal();
  const check = useCheck({ body, faults }, clear);
  const [busy, setBusy] = useState(false);
  const problem = refused?.problem ?? check.refused?.problem ?? null;
  const create = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (faults.length > 0)
      return refuse(new Problem(0, 'UNREADABLE', 'Some fields cannot be read yet.', faults));
    setBusy(true);
    try {
      onCreated(await request<ExperimentView>('POST', 'v1/experiments', body));
      draft.forget();
      clear();
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
        {from !== null && (
          <span class="muted">
            begun from <code>{from}</code>
          </span>
        )}
      </header>
      <KeptNote draft={draft} />
      <form class="draft" noValidate onSubmit={(event) => void create(event)}>
        <FormProblem.Provider value={problem}>
          <Progress faults={problem?.faults ?? []} />
          <div class="steps">
            <Parts experiments={experiments} />
            <ReviewStep body={body} check={check} unread={faults} />
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

/** What was refused last, and the focus on the first field of it. */
function useRefusal() {
  const [refused, setRefused] = useState<ShownFaults | null>(null);
  useEffect(() => {
    const [first] = refused?.problem.faults ?? [];
    if (first) focusField(first.pointer);
  }, [refused]);
  return {
    refused,
    refuse: (problem: Problem) => setRefused(shownFaults(problem, fieldPlaces())),
    clear: () => setRefused(null),
  };
}
