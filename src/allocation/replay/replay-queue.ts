/** Replays that may wait while one is under way. */
const mostWaiting = 4;

interface Asked<Answer> {
  readonly answer: Promise<Answer>;
  readonly stop: AbortController;
  /** How many wait for it. */
  askers: number;
}

/** Replays take seconds of work: one comes after the other, the same question is answered once, and few wait. */
export class ReplayQueue<Answer> {
  private readonly asked = new Map<string, Asked<Answer>>();
  private last: Promise<unknown> = Promise.resolve();

  /**
   * The answer to a question, when its turn has come; null where too many wait already.
   *
   * @param question the same text for the same question
   * @param work stops where its signal says that nobody waits any more
   * @param gone says that whoever asked has left
   */
  ask(
    question: string,
    work: (stopped: AbortSignal) => Promise<Answer>,
    gone: AbortSignal,
  ): Promise<Answer> | null {
    const present = this.asked.get(question);
    if (!present && this.asked.size > mostWaiting) return null;
    const asked = present ?? this.add(question, work);
    asked.askers += 1;
    gone.addEventListener('abort', () => this.leave(question, asked), { once: true });
    return asked.answer;
  }

  private add(question: string, work: (stopped: AbortSignal) => Promise<Answer>): Asked<Answer> {
    const stop = new AbortController();
    const answer = this.last
      .then(() => {
        stop.signal.throwIfAborted();
        return work(stop.signal);
      })
      .finally(() => this.forget(question, asked));
    const asked = { answer, stop, askers: 0 };
    this.last = answer.catch(() => undefined);
    this.asked.set(question, asked);
    return asked;
  }

  private leave(question: string, asked: Asked<Answer>): void {
    asked.askers -= 1;
    if (asked.askers > 0) return;
    this.forget(question, asked);
    asked.stop.abort();
  }

  /** Whoever asks the same from now on asks anew. */
  private forget(question: string, asked: Asked<Answer>): void {
    if (this.asked.get(question) === asked) this.asked.delete(question);
  }
}
