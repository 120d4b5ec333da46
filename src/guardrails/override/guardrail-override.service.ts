import { Injectable } from '@nestjs/common';
import type { Actor } from '../../experiments/decision.js';
import type { Experiment } from '../../experiments/experiment.js';
import { ChangeService } from '../../lifecycle/change.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { durationMilliseconds } from '../../operations/duration.js';
import { faultSummary } from '../../operations/problem/fault-summary.js';
import { overrideAction, overrideFaults } from './guardrail-override.js';
import type { OverrideRequest } from './guardrail-override.schema.js';

/** Lets a person answer for a guardrail's silence. */
@Injectable()
export class GuardrailOverrideService {
  constructor(
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** Records that a guardrail takes no action until then; it goes on judging. Throws INVALID_REQUEST for one that is none. */
  async override(seen: Experiment, request: OverrideRequest, actor: Actor): Promise<void> {
    const { metric, variant, reason } = request;
    const now = this.clock.now();
    const until = request.until ?? new Date(now.getTime() + durationMilliseconds(request.for ?? 'PT0S'));
    const faults = overrideFaults(seen, { metric, variant: variant ?? null, until }, now);
    if (faults.length > 0) {
      const detail = `No guardrail of "${seen.key}" can be overridden so: ${faultSummary(faults)}.`;
      throw new AssayError('INVALID_REQUEST', detail, faults);
    }
    const evidence = { metric, variant: variant ?? null, until: until.toISOString() };
    await this.changes.commit({
      seen,
      patch: {},
      decision: { actor, action: overrideAction, reason, evidence },
    });
  }
}
