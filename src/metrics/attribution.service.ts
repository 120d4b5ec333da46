import { Injectable } from '@nestjs/common';
import { groupOf } from '../bucketing/assignment.js';
import { cohortBin, cohortDay } from '../bucketing/cohort.js';
import type { Exposure } from '../bucketing/exposure.js';
import { ExposureWriter } from '../bucketing/exposure-writer.service.js';
import type { ExposurePayload } from '../bucketing/exposure-payload.js';
import { UnitLinks } from '../bucketing/links/unit-links.service.js';
import { refuseExpiredToken } from '../bucketing/token-expiry.js';
import { TokenService } from '../bucketing/token.service.js';
import { unitKey } from '../bucketing/unit-key.js';
import type { Experiment } from '../experiments/experiment.js';
import { RegistryService } from '../experiments/registry.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';

/** Whose outcome it is: an experiment, a unit in it, and what proves that the unit was exposed. */
export interface Attribution {
  readonly experiment: Experiment;
  readonly unit: string;
  readonly interaction: string | null;
  readonly phase: number | null;
  readonly proof: Exposure | null;
}

/** Finds out whose an outcome is: by a signed token, or by experiment and unit. */
@Injectable()
export class AttributionService {
  constructor(
    private readonly registry: RegistryService,
    private readonly tokens: TokenService,
    private readonly writer: ExposureWriter,
    private readonly links: UnitLinks,
    private readonly clock: Clock,
  ) {}

  /** Throws INVALID_TOKEN, TOKEN_EXPIRED or EXPERIMENT_NOT_FOUND; DATABASE_UNAVAILABLE while it is not known which. */
  byToken(text: string): Attribution {
    if (this.tokens.keys().length === 0) throw away('which tokens are genuine');
    const payload = this.tokens.verify(text);
    const experiment = this.experiment(payload.experiment);
    refuseExpiredToken(payload, this.clock.now(), experiment.metrics.window);
    return {
      experiment,
      unit: payload.unitKey,
      interaction: payload.interaction,
      phase: payload.phase,
      proof: proofOf(payload, experiment),
    };
  }

  /** This process's own memory proves an exposure whose row is still on its way. Throws as {@link byToken} does. */
  byUnit(key: string, unitId: string): Attribution {
    const experiment = this.experiment(key);
    const first = this.links.idIn(experiment.id, unitId);
    const proof = this.writer.findWaiting(experiment.id, first, experiment.phase) ?? null;
    return { experiment, unit: unitKey(first), interaction: null, phase: null, proof };
  }

  private experiment(key: string): Experiment {
    const entry = this.registry.get(key);
    if (entry) return entry.experiment;
    if (!this.registry.isCurrent) throw away(`whether there is an experiment "${key}"`);
    throw new AssayError('EXPERIMENT_NOT_FOUND', `There is no experiment "${key}".`);
  }
}

/** A refusal would be for good, so what this process cannot judge yet is to be sent again. */
function away(question: string): AssayError {
  return new AssayError(
    'DATABASE_UNAVAILABLE',
    `The database is away, so it is not known ${question}. Send this again in a second.`,
  );
}

function proofOf(payload: ExposurePayload, experiment: Experiment): Exposure {
  const exposedAt = new Date(payload.issuedAt);
  return {
    experimentId: experiment.id,
    unit: payload.unitKey,
    phase: payload.phase,
    unitId: null,
    variant: groupOf(payload.variant),
    epoch: payload.epoch,
    reason: 'token',
    propensity: payload.propensity,
    exposedAt,
    cohortDay: cohortDay(exposedAt),
    cohortBin: cohortBin(exposedAt, experiment.metrics.window),
    attributes: null,
  };
}
