import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { randomBytes, type KeyObject } from 'node:crypto';
import { DatabaseState } from '../database/database-state.service.js';
import { BUCKETING_OPTIONS, type BucketingOptions } from './bucketing.options.js';
import type { ExposurePayload } from './exposure-payload.js';
import { signToken, verifyToken } from './exposure-token.js';
import { tokenSecrets, type TokenSecret } from './token-secret.js';
import { TokenSecretStore } from './token-secret.store.js';

/**
 * Signs and reads exposure tokens.
 * Without configured secrets one is made at the first start and kept in the database, the same for every replica.
 */
@Injectable()
export class TokenService implements OnModuleInit {
  private secrets: readonly TokenSecret[] = [];
  private loading: Promise<void> | null = null;

  constructor(
    @Inject(BUCKETING_OPTIONS) private readonly options: BucketingOptions,
    private readonly kept: TokenSecretStore,
    private readonly database: DatabaseState,
  ) {}

  onModuleInit(): void {
    this.whenLoaded().catch(() => undefined);
  }

  /** Resolves once tokens can be signed and read. After a failure, ask again. */
  whenLoaded(): Promise<void> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  /** Null as long as there is no secret: the database that keeps it has not been there yet. */
  sign(payload: ExposurePayload): string | null {
    return this.secrets.length === 0 ? null : signToken(this.secrets, payload);
  }

  /** Keys for other signatures of this installation, newest first; empty until there is a secret. */
  keys(): readonly KeyObject[] {
    return this.secrets.map(({ key }) => key);
  }

  /** Throws INVALID_TOKEN. */
  verify(text: string): ExposurePayload {
    return verifyToken(this.secrets, text);
  }

  private async load(): Promise<void> {
    if (this.options.secrets) {
      this.secrets = tokenSecrets(this.options.secrets);
      return;
    }
    await this.database.whenReady();
    this.secrets = tokenSecrets(await this.kept.keep(randomBytes(32).toString('base64url')));
  }
}
