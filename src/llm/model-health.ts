import type { CircuitBreaker } from './circuit-breaker.js';
import type { RetryBudget } from './retry-budget.js';

/** What is known of one provider's model lately: whether it answers, and how many retries it may still be burdened with. */
export class ModelHealth {
  constructor(
    readonly breaker: CircuitBreaker,
    readonly budget: RetryBudget,
  ) {}

  /** Notes how a request that the breaker admitted ended. */
  note(ending: 'transport' | 'answered' | 'unknown'): void {
    if (ending === 'answered') this.breaker.succeeded();
    else if (ending === 'transport') this.breaker.failed();
    else this.breaker.left();
  }
}
