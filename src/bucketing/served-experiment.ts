import type { Status } from '../experiments/experiment.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import type { Assignment, AssignmentDecision } from './assignment.js';
import { compileAnswers, type CompiledExperiment } from './compiled-experiment.js';

/** An experiment as it is served: compiled, with answers that are handed out as they are. */
export interface ServedExperiment {
  readonly entry: RegistryEntry;
  readonly compiled: CompiledExperiment<Assignment>;
  /** Number of its present phase in the exposure buffer. */
  readonly track: number;
}

/**
 * Compiles an experiment, and makes every answer that it can give, once: they are frozen, and shared by all units.
 *
 * @example serveExperiment(entry, 0).compiled.drawn[0] // { variant: 'control', reason: 'split', …, experiment: 'greeting' }
 */
export function serveExperiment(entry: RegistryEntry, track: number): ServedExperiment {
  const { experiment, epochs, leafEpochs = [] } = entry;
  const history = epochs.slice(0, -1).filter((epoch) => epoch.phase === experiment.phase);
  const epoch = epochs.at(-1) ?? null;
  const compiled = compileAnswers({ experiment, epoch, history, leafEpochs }, (decision) =>
    answerOf(decision, entry),
  );
  return { entry, compiled: entry.cutOff ? closed(compiled) : compiled, track };
}

/** The same, with everyone on the fallback: nobody knows just now whether the experiment is still on. */
function closed(compiled: CompiledExperiment<Assignment>): CompiledExperiment<Assignment> {
  const { fallbacks } = compiled;
  const everyone = fallbacks.stale;
  return { ...compiled, routing: 'uniform', bySlotAlone: false, fallbacks: { ...fallbacks, everyone } };
}

/** Whether units are served variants of it: it runs, rolls out or has shipped. */
export function servesVariants({ experiment }: RegistryEntry): boolean {
  return servingStates.has(experiment.status);
}

const servingStates: ReadonlySet<Status> = new Set<Status>(['running', 'rolling-out', 'concluded']);

/** Written out field by field: answers made alike are read faster than answers that are spread together. */
function answerOf(decision: AssignmentDecision, entry: RegistryEntry): Assignment {
  return Object.freeze({
    variant: decision.variant,
    config: decision.config,
    reason: decision.reason,
    propensity: decision.propensity,
    epoch: decision.epoch,
    exposes: decision.exposes,
    experiment: entry.experiment.key,
    version: entry.experiment.version,
    entry,
  });
}
