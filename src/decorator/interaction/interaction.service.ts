import { Inject, Injectable, Logger } from '@nestjs/common';
import { performance } from 'node:perf_hooks';
import { v7 as uuid } from 'uuid';
import { unknownExperiment } from '../../bucketing/assignment.js';
import type { UnitAssignment } from '../../bucketing/assignment.js';
import { forceHeader } from '../../bucketing/force-pass.js';
import { AssignmentService } from '../../bucketing/assignment.service.js';
import { OutcomeService } from '../../metrics/outcome.service.js';
import type { AssignedVariant } from '../assigned-variant.js';
import { DECORATOR_OPTIONS } from '../decorator.module-definition.js';
import type { DecoratorOptions } from '../decorator.options.js';
import type { ExperimentUse, HttpRequest } from '../declaration/experiment-use.js';
import type { HttpExchange } from '../request/http-exchange.adapter.js';
import { Interaction, type Measures } from './interaction.js';
import { wantedFigures } from './wanted-figures.js';
import type { RequestScope } from '../request/request-scope.js';
import { announceVariant } from './response-headers.js';
import { LoginService } from '../unit/login.service.js';
import { UnitResolver } from '../unit/unit-resolver.service.js';

/** One decorator of one request. */
interface Visit {
  readonly use: ExperimentUse;
  readonly exchange: HttpExchange;
  readonly scope: RequestScope;
}

/**
 * Follows a request through an experiment: assigned, exposed when its handler is reached, recorded when it is answered.
 * Nothing here throws: whatever fails is logged, and the fallback is served.
 */
@Injectable()
export class InteractionService {
  private readonly logger = new Logger('Experiment');
  private readonly prepared = new WeakMap<RequestScope, Map<ExperimentUse, UnitAssignment>>();

  constructor(
    @Inject(DECORATOR_OPTIONS) private readonly options: DecoratorOptions,
    private readonly assignments: AssignmentService,
    private readonly outcomes: OutcomeService,
    private readonly units: UnitResolver,
    private readonly logins: LoginService,
  ) {}

  /** Assigns ahead of {@link begin}, for the one kind of response that would not wait for it. */
  async prepare(visit: Visit): Promise<void> {
    await this.logins.meet(visit.use, visit.exchange.request);
    const assigned = this.assign(visit);
    if (!(assigned instanceof Promise)) return;
    const known = this.prepared.get(visit.scope) ?? new Map<ExperimentUse, UnitAssignment>();
    this.prepared.set(visit.scope, known.set(visit.use, await assigned));
  }

  /** Assigns the request's unit; from then on `@Variant()` answers. Waits only where the assignment must be looked up. */
  begin(visit: Visit): void | Promise<void> {
    if (visit.scope.interactions.has(visit.use.key)) return;
    const signingIn = this.logins.meet(visit.use, visit.exchange.request);
    if (signingIn) return signingIn.then(() => this.begin(visit));
    const assigned = this.assign(visit);
    if (assigned instanceof Promise) return assigned.then((assignment) => this.open(visit, assignment));
    this.open(visit, assigned);
  }

  private assign({ use, exchange, scope }: Visit): UnitAssignment | Promise<UnitAssignment> {
    try {
      const unit = this.units.resolve(use, exchange.request, scope);
      if (unit === null) return nothingAssigned(use.key);
      const prepared = this.prepared.get(scope)?.get(use);
      if (prepared?.unitId === unit) return prepared;
      const attributes = use.attributes?.(exchange.request as never);
      const passes = headerOf(exchange.request, forceHeader);
      const options = { peek: true, ...(attributes && { attributes }), ...(passes && { passes }) };
      const assigned = this.assignments.assign(use.key, unit, options);
      return assigned instanceof Promise
        ? assigned.then(
            (assignment) => ({ ...assignment, unitId: unit, ...(attributes && { attributes }) }),
            (error: unknown) => this.unassigned(use, error),
          )
        : { ...assigned, unitId: unit, ...(attributes && { attributes }) };
    } catch (error) {
      return this.unassigned(use, error);
    }
  }

  private unassigned(use: ExperimentUse, error: unknown): UnitAssignment {
    this.logger.error(`"${use.key}" could not be assigned; the fallback is served`, error);
    return nothingAssigned(use.key);
  }

  private open(visit: Visit, assignment: UnitAssignment): void {
    const id = uuid();
    const served = this.served(visit.use, assignment, id);
    const interaction = new Interaction(
      served,
      (measures) => this.send(assignment, id, measures),
      wantedFigures(assignment.entry?.experiment),
      { assignment, interaction: id },
    );
    visit.scope.interactions.set(visit.use.key, interaction);
    visit.scope.onReached(visit.use, () => this.reach(visit, assignment, interaction));
  }

  /** The handler is about to run: this is the exposure. */
  private reach({ use, exchange, scope }: Visit, assignment: UnitAssignment, interaction: Interaction): void {
    const startedAt = performance.now();
    this.attempt(use, () => this.assignments.expose(assignment));
    this.attempt(use, () => this.units.remember(exchange, scope));
    if (use.headers ?? this.options.headers ?? true) {
      this.attempt(use, () => announceVariant(interaction.served, exchange));
    }
    exchange.onClose((response) => interaction.close(response, performance.now() - startedAt));
  }

  private send(assignment: UnitAssignment, interaction: string, metrics: Measures): void {
    if (!assignment.exposes) return;
    const report = (error: unknown) =>
      this.logger.error(`An outcome of "${assignment.experiment}" is lost`, error);
    try {
      this.outcomes.record({ assignment, interaction, metrics }).catch(report);
    } catch (error) {
      report(error);
    }
  }

  private served(use: ExperimentUse, assignment: UnitAssignment, interaction: string): AssignedVariant {
    const { experiment, variant, reason, entry } = assignment;
    const config = entry ? assignment.config : (use.fallback ?? assignment.config);
    const sign = () => this.attempt(use, () => this.assignments.tokenOf(assignment, interaction)) ?? null;
    let token: string | null | undefined;
    return {
      experiment,
      variant,
      config,
      reason,
      get token() {
        if (token === undefined) token = sign();
        return token;
      },
    };
  }

  private attempt<Result>(use: ExperimentUse, work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      this.logger.error(`Assay failed on "${use.key}"; the request goes on`, error);
      return undefined;
    }
  }
}

function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(',') : value;
}

/** What is served when Assay has no answer: the decorator's fallback, to nobody in particular. */
function nothingAssigned(experiment: string): UnitAssignment {
  return {
    ...unknownExperiment,
    reason: 'stale',
    experiment,
    unitId: '',
    version: 0,
    entry: undefined,
  };
}
