import { Injectable } from '@nestjs/common';
import { RegistryService } from '../experiments/registry.service.js';
import { Clock } from '../operations/clock.js';
import { v7 as uuid } from 'uuid';
import { asksForMore, type AssignAllOptions, type AssignOptions } from './assign-options.js';
import { asksForPin, assign, forcedDecision, staleDecision, type PinQuestion } from './assign.js';
import { groupOf, unknownExperiment, type Assignment, type Pin, type UnitAssignment } from './assignment.js';
import type { Exposure } from './exposure.js';
import { exposureOfUnit } from './exposure-of-unit.js';
import { ExposureWriter } from './exposure-writer.service.js';
import { forcedByHeader } from './force-pass.js';
import { UnitLinks } from './links/unit-links.service.js';
import { PinService, type PinLookup } from './pin.service.js';
import { servesVariants, serveExperiment, type ServedExperiment } from './served-experiment.js';
import { TokenService } from './token.service.js';
import { UnitHasher, type HashedUnit } from './unit-hash.js';
import { unitKey } from './unit-key.js';

/** Gives every unit its variant: from memory, unless the unit's slot has changed hands. */
@Injectable()
export class AssignmentService {
  private readonly served = new Map<string, ServedExperiment>();
  private all: readonly ServedExperiment[] | null = null;
  private tracks = new Int32Array(0);
  private revision = -1;
  private readonly hasher = new UnitHasher();

  constructor(
    private readonly registry: RegistryService,
    private readonly pins: PinService,
    private readonly writer: ExposureWriter,
    private readonly tokens: TokenService,
    private readonly links: UnitLinks,
    private readonly clock: Clock,
  ) {}

  /**
   * The unit's variant, at once; a promise of it only where the unit's slot has changed hands and its first assignment
   * must be looked up. Never throws and never waits on a database that is down; the answer carries its reason.
   * It is frozen and shared: nothing is made for a unit that was met before.
   *
   * @example const { variant, config } = await assignments.assign('greeting', user.id)
   */
  assign(key: string, unitId: string, options?: AssignOptions): Assignment | Promise<Assignment> {
    const served = this.find(key);
    if (!served) return { ...unknownExperiment, experiment: key, version: 0, entry: undefined };
    const id = this.links.idIn(served.compiled.id, unitId);
    const forced = id === unitId ? undefined : this.forcedByName(served, unitId, options);
    if (forced) return forced;
    if (options !== undefined && asksForMore(options)) return this.assignWith(options, served, id);
    const unit = this.hasher.read(id);
    const assignment = assign(served.compiled, unit, undefined, options?.attributes);
    if (asksForPin(assignment)) return this.assignPinned(served, id, options, assignment);
    if (options === undefined || !options.peek) this.note(assignment, unit, served.track, options);
    return assignment;
  }

  /**
   * The unit's variants in all experiments that serve any: those that run, roll out or have shipped.
   * The unit is hashed once. A promise only where one of them needs a look-up, as in {@link assign}.
   *
   * @example for (const { experiment, variant } of await assignments.assignAll(user.id)) …
   */
  assignAll(
    unitId: string,
    options?: AssignAllOptions,
  ): readonly Assignment[] | Promise<readonly Assignment[]> {
    const all = this.findAll();
    // Another id in each experiment, perhaps.
    if (this.links.has(unitId))
      return Promise.all(all.map(async ({ entry }) => this.assign(entry.experiment.key, unitId, options)));
    const unit = this.hasher.read(unitId);
    const answers = new Array<Assignment>(all.length);
    let waiting: Map<number, PinQuestion> | undefined;
    for (let index = 0; index < all.length; index++) {
      const assignment = assign(all[index]!.compiled, unit, undefined, options?.attributes);
      if (asksForPin(assignment)) (waiting ??= new Map()).set(index, assignment);
      else answers[index] = assignment;
    }
    if (!options?.peek && !this.writer.knows(unit, this.tracks)) {
      // Without an answer are those that wait.
      answers.forEach((assignment, index) => this.note(assignment, unit, this.tracks[index]!, options));
    }
    if (!waiting) return answers;
    return this.assignWaiting(waiting, answers, all, unitId, options);
  }

  /** Makes the unit part of the analysed population, if its assignment does. Written behind; returns at once. */
  expose(assignment: UnitAssignment): void {
    const { entry, attributes } = assignment;
    if (!isExposing(assignment) || !entry) return;
    const { id, phase } = entry.experiment;
    const unit = this.hasher.read(this.links.idIn(id, assignment.unitId));
    this.writer.note(assignment, unit, this.writer.trackOf(id, phase), attributes ?? null);
  }

  /** The exposure that this assignment is, or null where it exposes nobody: the first that this process knows of. */
  exposureOf(assignment: UnitAssignment): Exposure | null {
    const { entry, attributes } = assignment;
    if (!isExposing(assignment) || !entry) return null;
    const { id, phase } = entry.experiment;
    const unitId = this.links.idIn(id, assignment.unitId);
    return (
      this.writer.find(id, unitId, phase) ??
      exposureOfUnit(assignment, unitId, this.clock.now(), attributes ?? null)
    );
  }

  /** A signed proof of the exposure, for outcomes that come from elsewhere; null where there is none to prove. */
  tokenOf(assignment: UnitAssignment, interaction: string = uuid()): string | null {
    const { entry, epoch, exposes } = assignment;
    if (!exposes || !entry || epoch === null) return null;
    return this.tokens.sign({
      experiment: assignment.experiment,
      variant: assignment.variant,
      unitKey: unitKey(this.links.idIn(entry.experiment.id, assignment.unitId)),
      epoch,
      phase: entry.experiment.phase,
      interaction,
      issuedAt: this.clock.now().getTime(),
      propensity: assignment.propensity,
    });
  }

  private note(
    assignment: Assignment,
    unit: HashedUnit,
    track: number,
    options: AssignAllOptions | undefined,
  ): void {
    if (isExposing(assignment)) this.writer.note(assignment, unit, track, options?.attributes ?? null);
  }

  private assignWith(options: AssignOptions, served: ServedExperiment, unitId: string) {
    const { compiled } = served;
    const unit = this.hasher.read(unitId);
    const forced = forcedDecision(compiled, options.force ?? this.passedBy(options.passes, compiled.key));
    const assignment =
      forced ?? assign(compiled, unit, this.pinOf(served, unitId, options.token), options.attributes);
    if (asksForPin(assignment)) return this.assignPinned(served, unitId, options, assignment);
    if (!options.peek) this.note(assignment, unit, served.track, options);
    return assignment;
  }

  /** For a unit whose first assignment decides: from memory if it is there, else looked up. */
  private assignPinned(
    served: ServedExperiment,
    unitId: string,
    options: AssignOptions | undefined,
    asked: PinQuestion,
  ): Assignment | Promise<Assignment> {
    const { experiment } = served.entry;
    const settle = (pin: PinLookup) => this.settle(served, unitId, pin, options, asked);
    const remembered = this.pins.remembered(experiment, unitId);
    return remembered ? settle(remembered) : this.pins.find(experiment, unitId).then(settle);
  }

  private async assignWaiting(
    waiting: ReadonlyMap<number, PinQuestion>,
    answers: Assignment[],
    all: readonly ServedExperiment[],
    unitId: string,
    options: AssignAllOptions | undefined,
  ): Promise<readonly Assignment[]> {
    const settled = [...waiting].map(async ([index, asked]) => {
      answers[index] = await this.assignPinned(all[index]!, unitId, options, asked);
    });
    await Promise.all(settled);
    return answers;
  }

  private settle(
    { compiled, track }: ServedExperiment,
    unitId: string,
    pin: PinLookup,
    options: AssignOptions | undefined,
    asked: PinQuestion,
  ): Assignment {
    const unit = this.hasher.read(unitId);
    const decision = pin === 'unknown' ? asked : assign(compiled, unit, pin, options?.attributes, asked);
    const assignment = asksForPin(decision) ? staleDecision(compiled) : decision;
    if (!options?.peek) this.note(assignment, unit, track, options);
    return assignment;
  }

  private find(key: string): ServedExperiment | undefined {
    if (this.revision !== this.registry.revision) this.forgetOutdated();
    return this.served.get(key) ?? this.serve(key);
  }

  private findAll(): readonly ServedExperiment[] {
    if (this.revision !== this.registry.revision) this.forgetOutdated();
    if (this.all) return this.all;
    this.all = this.registry
      .list()
      .filter(servesVariants)
      .flatMap(({ experiment }) => this.find(experiment.key) ?? []);
    this.tracks = Int32Array.from(this.all, ({ track }) => track);
    return this.all;
  }

  /** What has not changed stays compiled. */
  private forgetOutdated(): void {
    this.revision = this.registry.revision;
    this.all = null;
    for (const [key, { entry }] of this.served) {
      if (this.registry.get(key) !== entry) this.served.delete(key);
    }
  }

  private serve(key: string): ServedExperiment | undefined {
    const entry = this.registry.get(key);
    if (!entry) return undefined;
    const { id, phase } = entry.experiment;
    const served = serveExperiment(entry, this.writer.trackOf(id, phase));
    this.served.set(key, served);
    return served;
  }

  /** What the unit's own name forces it into where it goes by another; what the request forces comes first. */
  private forcedByName({ compiled }: ServedExperiment, unitId: string, options: AssignOptions = {}) {
    const asked = options.force ?? this.passedBy(options.passes, compiled.key);
    return forcedDecision(compiled, asked) ?? compiled.admission.forced?.get(unitId);
  }

  private passedBy(passes: string | undefined, key: string): string | undefined {
    return passes === undefined
      ? undefined
      : forcedByHeader(this.tokens.keys(), passes, key, this.clock.now());
  }

  /** The pin that a token proves; a token that does not fit proves nothing. */
  private pinOf({ entry }: ServedExperiment, unitId: string, token: string | undefined): Pin | undefined {
    if (token === undefined) return undefined;
    const { experiment } = entry;
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

/** Without a weight epoch nobody is analysed: a holdback that outlives its imported experiment. */
function isExposing(assignment: Assignment): boolean {
  return assignment.exposes && assignment.epoch !== null;
}
