import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.js';

/** How long an answer may be reused. */
export interface Freshness {
  /** Milliseconds during which nobody is asked again. */
  readonly fresh: number;
  /** Milliseconds during which an old answer still stands in for one that fails or is late. */
  readonly usable: number;
  /** Milliseconds after which an answer is late. */
  readonly patience: number;
}

interface Answer<Value> {
  readonly value: Value;
  readonly at: number;
}

const LATE = Symbol('late');

/**
 * Answers of a slow source, reused while fresh and kept in reserve for when the source fails or hangs.
 *
 * - One question at a time is under way for each name, however many wait for it.
 * - Without an answer in reserve the source is waited for, and its failure is the caller's.
 */
export class RecentAnswers<Value> {
  private readonly answers: LRUCache<string, Answer<Value>>;
  private readonly underWay = new Map<string, Promise<Value>>();

  constructor(
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly wait: (milliseconds: number) => Promise<unknown>,
    capacity: number,
  ) {
    this.answers = new LRUCache({ max: capacity });
  }

  /** The answer under that name, asking for it when there is no fresh one. */
  async get(name: string, ask: () => Promise<Value>): Promise<Value> {
    const fresh = this.fresh(name);
    if (fresh !== undefined) return fresh;
    const known = this.answers.get(name);
    const age = known ? this.clock.now().getTime() - known.at : Infinity;
    const asked = this.ask(name, ask);
    if (!known || age >= this.freshness.usable) return asked;
    const first = await Promise.race([
      asked.catch(() => LATE),
      this.wait(this.freshness.patience).then(() => LATE),
    ]);
    return first === LATE ? known.value : (first as Value);
  }

  /** The answer under that name while it is fresh; undefined when it would have to be asked for. */
  fresh(name: string): Value | undefined {
    const known = this.answers.get(name);
    return known && this.clock.now().getTime() - known.at < this.freshness.fresh ? known.value : undefined;
  }

  /** Forgets every answer: something they depend on has changed. */
  clear(): void {
    this.answers.clear();
  }

  private ask(name: string, ask: () => Promise<Value>): Promise<Value> {
    const waiting = this.underWay.get(name);
    if (waiting) return waiting;
    const at = this.clock.now().getTime();
    const asked = ask()
      .then((value) => {
        this.answers.set(name, { value, at });
        return value;
      })
      .finally(() => this.underWay.delete(name));
    this.underWay.set(name, asked);
    return asked;
  }
}
