import { Injectable } from '@nestjs/common';
import type { Experiment } from '../experiments/experiment.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { durationMilliseconds } from '../operations/duration.js';
import { forceHeader, signForcePass } from './force-pass.js';
import { TokenService } from './token.service.js';

/** A pass, as whoever asked for it sends it along. */
export interface IssuedPass {
  readonly header: typeof forceHeader;
  readonly value: string;
  readonly variant: string;
  readonly expiresAt: Date;
}

/** Signs passes with which people are served a variant of their choice, to look at it. */
@Injectable()
export class ForceService {
  constructor(
    private readonly tokens: TokenService,
    private readonly clock: Clock,
  ) {}

  /**
   * A pass to the variant.
   *
   * @param life ISO 8601 duration for which it is good
   * @throws AssayError INVALID_REQUEST when there is no such variant, DATABASE_UNAVAILABLE before there is a secret to sign with
   */
  issue({ key, variants }: Experiment, variant: string, life: string): IssuedPass {
    const known = variants.map((candidate) => candidate.key);
    if (!known.includes(variant)) {
      const message = `"${variant}" is not a variant; the variants are ${known.join(', ')}`;
      throw new AssayError('INVALID_REQUEST', `Of "${key}", ${message}.`, [{ pointer: '/variant', message }]);
    }
    const [secret] = this.tokens.keys();
    if (!secret) {
      throw new AssayError(
        'DATABASE_UNAVAILABLE',
        'The database that keeps the secret has not been there yet. Send this again in a second.',
      );
    }
    const expires = this.clock.now().getTime() + durationMilliseconds(life);
    const expiresAt = new Date(Math.floor(expires / 1_000) * 1_000);
    return {
      header: forceHeader,
      value: signForcePass(secret, { experiment: key, variant, expiresAt }),
      variant,
      expiresAt,
    };
  }
}
