import { Injectable } from '@nestjs/common';

/** Whether queries can be answered now. */
export type DatabaseStatus = 'ready' | 'migrating' | 'unavailable';

/** What is known about the database at this moment, without asking it. */
@Injectable()
export class DatabaseState {
  private current: DatabaseStatus = 'unavailable';
  private why: string | null = 'it has not been opened yet';
  private waiting: (() => void)[] = [];

  get status(): DatabaseStatus {
    return this.current;
  }

  /** Why it is not ready, in words for an operator; null when it is. */
  get reason(): string | null {
    return this.why;
  }

  /** Resolves as soon as the database is ready; at once if it is. It waits for as long as that takes. */
  whenReady(): Promise<void> {
    if (this.current === 'ready') return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The database answers, with every migration applied. */
  ready(): void {
    this.set('ready', null);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Migrations are being applied. */
  migrating(): void {
    this.set('migrating', 'migrations are being applied');
  }

  /** The database does not answer. */
  unavailable(reason: string): void {
    this.set('unavailable', reason);
  }

  private set(status: DatabaseStatus, reason: string | null): void {
    this.current = status;
    this.why = reason;
  }
}
