import { type ApiKeyRecord, ApiKeyRecords } from '../../src/operations/access/api-key.js';

/** Keys in memory, with the failures of a database on demand. */
export class MemoryKeys extends ApiKeyRecords {
  readonly rows = new Map<string, ApiKeyRecord>();
  lookUps = 0;
  failure: 'none' | 'rejects' | 'hangs' = 'none';

  async insert(record: ApiKeyRecord): Promise<void> {
    await this.answer();
    this.rows.set(record.selector, record);
  }

  async find(selector: string): Promise<ApiKeyRecord | null> {
    await this.answer();
    return this.rows.get(selector) ?? null;
  }

  async list(): Promise<ApiKeyRecord[]> {
    await this.answer();
    return [...this.rows.values()];
  }

  async hasUsable(): Promise<boolean> {
    await this.answer();
    return [...this.rows.values()].some((row) => !row.revokedAt);
  }

  async revoke(selector: string, revokedAt: Date): Promise<boolean> {
    await this.answer();
    const row = this.rows.get(selector);
    if (!row || row.revokedAt) return false;
    this.rows.set(selector, { ...row, revokedAt });
    return true;
  }

  async touch(selector: string, lastUsedAt: Date): Promise<void> {
    await this.answer();
    const row = this.rows.get(selector);
    if (row) this.rows.set(selector, { ...row, lastUsedAt });
  }

  private async answer(): Promise<void> {
    this.lookUps += 1;
    if (this.failure === 'rejects') throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    if (this.failure === 'hangs') await new Promise(() => undefined);
  }
}
