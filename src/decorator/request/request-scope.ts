import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExperimentUse } from '../declaration/experiment-use.js';
import type { Interaction } from '../interaction/interaction.js';
import type { Visitor } from '../unit/visitor-cookie.js';

/** What one request has to do with experiments. */
export class RequestScope {
  /** By key of the experiment. */
  readonly interactions = new Map<string, Interaction>();
  /** Known once something asked for the unit of a request that nobody is signed in for. */
  visitor: Visitor | undefined;
  /** The request's own id, once an experiment on requests asked for it. */
  unitId: string | undefined;
  private readonly arrivals = new Map<ExperimentUse, () => void>();

  /** Calls back once, when the request reaches the method so decorated. */
  onReached(use: ExperimentUse, arrive: () => void): void {
    this.arrivals.set(use, arrive);
  }

  reached(use: ExperimentUse): void {
    const arrive = this.arrivals.get(use);
    this.arrivals.delete(use);
    arrive?.();
  }
}

const requests = new AsyncLocalStorage<RequestScope>();

/** The request that the present code works for, or undefined outside of one. */
export function currentRequest(): RequestScope | undefined {
  return requests.getStore();
}

/** Does the work, and all that it sets in motion, for that request. */
export function withinRequest<Result>(scope: RequestScope, work: () => Result): Result {
  return requests.run(scope, work);
}
