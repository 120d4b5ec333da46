/** Where every part of Assay reads the time. Production follows the database's clock; a test brings its own. */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;
}

/** The clock of this process, set by another one: all replicas then agree on what is due. */
export class SystemClock extends Clock {
  private ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  /** Sets this clock that many milliseconds ahead of the machine's (behind, if negative). */
  set(ahead: number): void {
    this.ahead = ahead;
  }
}
