import { Injectable } from '@nestjs/common';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { RegistryService } from '../experiments/registry.service.js';
import { Clock } from '../operations/clock.js';
import { v7 as uuid } from 'uuid';
import { assign, forcedDecision, needsPin, staleDecision } from './assign.js';
import {
  groupOf,
  unknownExperiment,
  type Assignment,
  type AssignmentDecision,
  type Pin,
} from './assignment.js';
import { cohortBin, cohortDay } from './cohort.js';
import { compileExperiment, type CompiledExperiment } from './compiled-experiment.js';
import type { Exposure } from './exposure.js';
import { ExposureWriter } from './exposure-writer.service.js';
import { PinService } from './pin.service.js';
import { TokenService } from './token.service.js';
import { unitKey } from './unit-key.js';

export interface AssignOptions {
  /** An earlier token of the unit: its pin, wherever it was kept. */
  readonly token?: string;
  /** Look without exposing. */
  readonly peek?: boolean;
  /** Serve this variant, to look at it: never pinned, never analysed. */
  readonly force?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Gives every unit its variant: from memory, unless the unit's slot has changed hands. */
@Injectable()
export class AssignmentService {
  private readonly compiled = new WeakMap<RegistryEntry, CompiledExperiment>();

  constructor(
    private readonly registry: RegistryService,
    private readonly pins: PinService,
    private readonly writer: ExposureWriter,
    private readonly tokens: TokenService,
    private readonly clock: Clock,
  ) {}

  /** Never throws and never waits on a database that is down; the answer carries its reason. */
  assign(key: string, unitId: string, options: AssignOptions = {}): Assignment | Promise<Assignment> {
    const entry = this.registry.get(key);
    if (!entry) return this.answer(unknownExperiment, key, unitId, undefined, options);
    const compiled = this.compile(entry);
    const forced = options.force === undefined ? undefined : forcedDecision(compiled, options.force);
    if (forced) return this.answer(forced, key, unitId, entry, options);
    const decision = assign(compiled, unitId, this.pinOf(entry, unitId, options.token));
    if (decision !== needsPin) return this.answer(decision, key, unitId, entry, options);
    const remembered = this.pins.remembered(entry.experiment, unitKey(unitId));
    if (remembered) return this.answer(settled(compiled, unitId, remembered), key, unitId, entry, options);
    return this.pins
      .find(entry.experiment, unitKey(unitId))
      .then((pin) => this.answer(settled(compiled, unitId, pin), key, unitId, entry, options));
  }

  /** Makes the unit part of the analysed population, if its assignment does. Written behind; returns at once. */
  expose(assignment: Assignment): void {
    const exposure = this.exposureOf(assignment);
    if (exposure) this.writer.note(exposure);
  }

  /** The exposure that this assignment is, or null where it exposes nobody: the first that this process knows of. */
  exposureOf({ entry, epoch, ...assignment }: Assignment): Exposure | null {
    if (!assignment.exposes || !entry || epoch === null) return null;
    const { id, phase, metrics } = entry.experiment;
    const unit = unitKey(assignment.unitId);
    const known = this.writer.find(id, unit, phase);
    if (known) return known;
    const now = this.clock.now();
    return {
      experimentId: id,
      unit,
      phase,
      unitId: assignment.unitId,
      variant: groupOf(assignment.variant),
      epoch,
      reason: assignment.reason,
      propensity: assignment.propensity,
      exposedAt: now,
      cohortDay: cohortDay(now),
      cohortBin: cohortBin(now, metrics.window),
      attributes: assignment.attributes,
    };
  }

  /** A signed proof of the exposure, for outcomes that come from elsewhere; null where there is none to prove. */
  tokenOf(assignment: Assignment, interaction: string = uuid()): string | null {
    const { entry, epoch, exposes } = assignment;
    if (!exposes || !entry || epoch === null) return null;
    return this.tokens.sign({
      experiment: assignment.experiment,
      variant: assignment.variant,
      unitKey: unitKey(assignment.unitId),
      epoch,
      phase: entry.experiment.phase,
      interaction,
      issuedAt: this.clock.now().getTime(),
      propensity: assignment.propensity,
    });
  }

  private answer(
    decision: AssignmentDecision,
    experiment: string,
    unitId: string,
    entry: RegistryEntry | undefined,
    options: AssignOptions,
  ): Assignment {
    const version = entry?.experiment.version ?? 0;
    const assignment = {
      ...decision,
      experiment,
      unitId,
      version,
      attributes: options.attributes ?? null,
      entry,
    };
    if (!options.peek) this.expose(assignment);
    return assignment;
  }

  private compile(entry: RegistryEntry): CompiledExperiment {
    let compiled = this.compiled.get(entry);
    if (!compiled) {
      const { experiment, epochs } = entry;
      const history = epochs.slice(0, -1).filter((epoch) => epoch.phase === experiment.phase);
      compiled = compileExperiment(experiment, epochs.at(-1) ?? null, history);
      this.compiled.set(entry, compiled);
    }
    return compiled;
  }

  /** The pin that a token proves; a token that does not fit proves nothing. */
  private pinOf({ experiment }: RegistryEntry, unitId: string, token: string | undefined): Pin | undefined {
    if (token === undefined) return undefined;
    try {
      const { variant, epoch, phase, issuedAt, ...proof } = this.tokens.verify(token);
      const fits = proof.experiment === experiment.key && phase === 0 && proof.unitKey === unitKey(unitId);
      const expired = experiment.unit === 'session' && this.pins.hasExpired(new Date(issuedAt));
      return fits && !expired ? { variant: groupOf(variant), epoch } : undefined;
    } catch {
      return undefined;
    }
  }
}

function settled(
  compiled: CompiledExperiment,
  unitId: string,
  pin: Pin | null | 'unknown',
): AssignmentDecision {
  if (pin === 'unknown') return staleDecision(compiled);
  const decision = assign(compiled, unitId, pin);
  return decision === needsPin ? staleDecision(compiled) : decision;
}
