import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AssayError } from '../assay-error.js';
import { Clock } from '../clock.js';
import { Configuration } from '../configuration/configuration.js';
import type { Scope } from '../scope.js';
import {
  type ApiKeyRecord,
  ApiKeyRecords,
  isSameVerifier,
  type KeyReference,
  newApiKey,
  selectorOf,
  verifierOf,
} from './api-key.js';
import { RecentAnswers } from './recent-answers.js';

/** A key that was accepted: who it is in logs, and what it grants. */
export interface Grant {
  readonly selector: string;
  readonly scope: Scope;
}

const adminGrant: Grant = { selector: 'ASSAY_ADMIN_KEY', scope: 'admin' };

const FRESHNESS = { fresh: 2_000, usable: 10 * 60_000, patience: 250 };
const TOUCH_MILLISECONDS = 60_000;
const REMEMBERED_KEYS = 10_000;

const databaseAway = (cause: unknown): never => {
  throw new AssayError('DATABASE_UNAVAILABLE', 'API keys cannot be checked: the database is away.', [], {
    cause,
  });
};

/**
 * Creates, lists, ends and recognises API keys.
 *
 * - A key ends everywhere within 2 s of its revocation: no longer than that is an answer reused.
 * - While the database is away, keys recognised in the last 10 minutes go on working; others get DATABASE_UNAVAILABLE.
 * - Answers are remembered under the hash of the whole key, so that knowing a selector opens nothing.
 */
@Injectable()
export class ApiKeyService {
  private readonly logger = new Logger(ApiKeyService.name);
  private readonly grants: RecentAnswers<Grant | null>;
  private readonly usable: RecentAnswers<boolean>;
  private readonly adminVerifier: string | undefined;
  private readonly touched = new LRUCache<string, number>({ max: REMEMBERED_KEYS });

  constructor(
    private readonly records: ApiKeyRecords,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {
    const wait = (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false });
    this.grants = new RecentAnswers(FRESHNESS, clock, wait, REMEMBERED_KEYS);
    this.usable = new RecentAnswers(FRESHNESS, clock, wait, 1);
    this.adminVerifier =
      configuration.adminKey === undefined ? undefined : verifierOf(configuration.adminKey);
  }

  /** A new key; the text is returned this once and stored nowhere. */
  async create(scope: Scope, name: string): Promise<{ key: string; record: ApiKeyRecord }> {
    const { key, selector } = newApiKey(scope, randomBytes);
    const times = { createdAt: this.clock.now(), lastUsedAt: null, revokedAt: null };
    const record = { selector, scope, verifier: verifierOf(key), name, ...times };
    await this.records.insert(record);
    this.usable.clear();
    return { key, record };
  }

  /** Every key, newest first, revoked ones included. */
  list(): Promise<ApiKeyRecord[]> {
    return this.records.list();
  }

  /** Ends a key; NOT_FOUND when there is no such key in use. */
  async revoke(selector: string): Promise<void> {
    if (!(await this.records.revoke(selector, this.clock.now()))) {
      throw new AssayError(
        'NOT_FOUND',
        `No key "${selector}" is in use; list the keys to see their selectors.`,
      );
    }
    this.grants.clear();
    this.usable.clear();
  }

  /** Whether any key exists, so that callers must show one. */
  async hasKeys(): Promise<boolean> {
    if (this.configuration.adminKey !== undefined) return true;
    return this.usable.get('any', () => this.records.hasUsable()).catch(databaseAway);
  }

  /** The same out of memory; undefined where the database must be asked. */
  hasKeysByMemory(): boolean | undefined {
    return this.configuration.adminKey !== undefined ? true : this.usable.fresh('any');
  }

  /** What a key grants; null for an unknown, revoked or malformed one, without telling which. */
  async authenticate(key: string): Promise<Grant | null> {
    const reference = this.referenceTo(key);
    return reference && this.grantOf(reference);
  }

  /** The same out of memory; undefined where the database must be asked. */
  authenticateByMemory(key: string): Grant | null | undefined {
    return this.grantByMemory(verifierOf(key));
  }

  /** What stands for a key where the key itself must not be kept; null for a malformed one. */
  referenceTo(key: string): KeyReference | null {
    const verifier = verifierOf(key);
    const selector = this.isAdminKey(verifier) ? adminGrant.selector : selectorOf(key);
    return selector === undefined ? null : { selector, verifier };
  }

  /** What the key that is referred to grants; null when it is unknown or was revoked. */
  async grantOf({ selector, verifier }: KeyReference): Promise<Grant | null> {
    if (this.isAdminKey(verifier)) return adminGrant;
    const grant = await this.grants.get(verifier, () => this.lookUp(selector, verifier)).catch(databaseAway);
    if (grant) this.noteUse(selector);
    return grant;
  }

  /** The same out of memory; undefined where the database must be asked. */
  grantByMemory(verifier: string): Grant | null | undefined {
    if (this.isAdminKey(verifier)) return adminGrant;
    const grant = this.grants.fresh(verifier);
    if (grant) this.noteUse(grant.selector);
    return grant;
  }

  private isAdminKey(verifier: string): boolean {
    return this.adminVerifier !== undefined && isSameVerifier(verifier, this.adminVerifier);
  }

  private async lookUp(selector: string, verifier: string): Promise<Grant | null> {
    const record = await this.records.find(selector);
    const isGood = isSameVerifier(verifier, record?.verifier ?? verifierOf(''));
    return record && isGood && !record.revokedAt ? { selector, scope: record.scope } : null;
  }

  private noteUse(selector: string): void {
    const now = this.clock.now();
    if (now.getTime() - (this.touched.get(selector) ?? 0) < TOUCH_MILLISECONDS) return;
    this.touched.set(selector, now.getTime());
    this.records
      .touch(selector, now)
      .catch((error: unknown) => this.logger.warn('The last use of a key was not noted', error));
  }
}
