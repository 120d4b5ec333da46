interface Waiting {
  readonly turn: number;
  readonly go: () => void;
}

/**
 * Lets new outcomes into a spool that is being drained at half the speed of the drain at most, so that it empties however
 * fast they come.
 */
export class DrainPace {
  private drained = 0;
  private lastTurn = 0;
  private draining = false;
  private waiting: Waiting[] = [];

  /** How many outcomes must be drained before one that came now had its turn; 0 while nothing is drained. */
  get backlog(): number {
    return this.draining ? Math.max(0, this.lastTurn - this.drained) : 0;
  }

  /** Resolves once twice as many have been drained as these and all before them, or the drain has ended. */
  turn(count: number): Promise<void> {
    if (!this.draining) return Promise.resolve();
    const turn = Math.max(this.lastTurn, this.drained) + 2 * count;
    this.lastTurn = turn;
    return new Promise((go) => this.waiting.push({ turn, go }));
  }

  /** So many more have been drained: the database takes them. */
  progress(count: number): void {
    this.draining = true;
    this.drained += count;
    const ready = this.waiting.filter(({ turn }) => turn <= this.drained);
    this.waiting = this.waiting.filter(({ turn }) => turn > this.drained);
    for (const { go } of ready) go();
  }

  /** Nothing is drained any more: the spool is empty, or the database is away again. */
  end(): void {
    this.draining = false;
    this.lastTurn = 0;
    for (const { go } of this.waiting.splice(0)) go();
  }
}
