import { defaultPromptVersion } from './config-hash.js';
import { defaultGuardrails } from './guardrail.js';
import type { Experiment, NewExperiment, Variant } from './experiment.js';
import type { ExperimentPatchRequest, ExperimentRequest } from './experiment.schema.js';

type RequestedVariant = ExperimentRequest['variants'][number];

/** A draft (or a container for imported data) as requested, with every default filled in. */
export function experimentFromRequest(request: ExperimentRequest, salt: string, now: Date): NewExperiment {
  const variants = request.variants.map(variantFromRequest);
  const control = variants.find((variant) => variant.key === request.control);
  return {
    ...request,
    name: request.name ?? request.key,
    status: request.source === 'imported' ? 'imported' : 'draft',
    version: 1,
    salt,
    variants,
    fallback: request.fallback ?? control?.config ?? {},
    metrics: metricsFromRequest(request.metrics),
    guardrails: request.guardrails ?? defaultGuardrails,
    rampState: null,
    layer: unclaimed(request.layer),
    programmeHoldback: null,
    admission: 'open',
    phase: 0,
    rollout: null,
    decidedVariant: null,
    declaration: null,
    planHash: null,
    startedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** A draft with the fields of a patch put in place of its own. */
export function patchedDraft(experiment: Experiment, patch: ExperimentPatchRequest): Experiment {
  const { reason: _reason, variants, metrics, layer, ...fields } = patch;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    ...experiment,
    ...given,
    ...(variants ? { variants: variants.map(variantFromRequest) } : {}),
    ...(metrics ? { metrics: metricsFromRequest(metrics) } : {}),
    ...(layer !== undefined ? { layer: unclaimed(layer) } : {}),
  };
}

function variantFromRequest(variant: RequestedVariant): Variant {
  return {
    ...variant,
    name: variant.name ?? variant.key,
    weight: variant.weight ?? 1,
    promptVersion: variant.promptVersion ?? defaultPromptVersion(variant.config),
  };
}

function metricsFromRequest(metrics: ExperimentRequest['metrics']): Experiment['metrics'] {
  return { ...metrics, primary: typeof metrics.primary === 'string' ? [metrics.primary] : metrics.primary };
}

/** A layer as requested: its slots are claimed at the start. */
function unclaimed(layer: ExperimentRequest['layer']): Experiment['layer'] {
  return layer && { ...layer, slots: null, salt: null };
}
