import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildServer } from '../e2e/child-server.fixture.js';
import type { Answer } from '../e2e/server.fixture.js';
import type { Acknowledged, Ledger } from './ledger.fixture.js';

const senders = 12;
const retryMilliseconds = 50;
const endMilliseconds = 60_000;
const largestRequest = 12;

interface Sent extends Acknowledged {
  readonly body: object;
}

/**
 * Users under way: each is assigned, and what happened to it is sent again with the same ids until it is acknowledged,
 * whatever becomes of the server. Every promise goes into the ledger before the next request.
 */
export class LedgerClient {
  /** Answers to requests for an assignment, and how many of them gave a variant. */
  readonly assignments = { answered: 0, served: 0 };
  /** Statuses of the answers to outcomes, with how often each came. */
  readonly statuses = new Map<number, number>();
  /** What no sender could cure by sending again. */
  readonly refusals: string[] = [];
  /** Milliseconds of the slowest answer to outcomes, and to an assignment. */
  readonly slowest = { outcomes: 0, assignment: 0 };
  /** Connections that broke under a request, with the instant at which the request was sent. */
  readonly resets: { readonly error: string; readonly sentAt: number }[] = [];
  acknowledged = 0;
  deferred = 0;
  private servers: readonly ChildServer[] = [];
  private readonly met: string[] = [];
  private sending: Promise<void>[] = [];
  private ending = false;
  private numbers = 0;

  constructor(
    private readonly experiment: string,
    private readonly ledger: Ledger,
    private readonly name: string,
    /** Units whose exposure is stored already: they need no token. */
    private readonly settled: readonly string[],
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** From now on these are asked, in turn; none: everybody waits. */
  use(...servers: readonly ChildServer[]): void {
    this.servers = servers;
  }

  begin(): void {
    this.ending = false;
    this.sending = Array.from({ length: senders }, () => this.keepVisiting());
  }

  /** Resolves once everything that was sent is acknowledged; fails when that takes longer than anybody would wait. */
  async end(): Promise<void> {
    this.ending = true;
    const late = delay(endMilliseconds, 'late' as const, { ref: false });
    if ((await Promise.race([Promise.all(this.sending), late])) !== 'late') return;
    const answers = JSON.stringify([...this.statuses]);
    throw new Error(`Outcomes are still not acknowledged. Answers so far: ${answers}. ${this.said()}`);
  }

  /** What the servers in use printed last. */
  said(): string {
    return this.servers.map((server) => server.printed().slice(-4_000)).join('\n');
  }

  /** Sends a request of several outcomes that many times at once, to any of the servers; every answer must be a 2xx. */
  async deliver(times: number, servers: readonly ChildServer[]): Promise<void> {
    const unit = this.someUnit();
    const token = await this.assign(unit);
    const items = Array.from({ length: randomInt(1, largestRequest) }, () => this.outcome(unit, token));
    const outcomes = items.map(({ body }) => body);
    const deliver = async () =>
      servers[randomInt(servers.length)]?.call('POST', '/v1/outcomes', { outcomes }, this.headers);
    for (const answer of await Promise.all(Array.from({ length: times }, deliver))) {
      if (answer?.status === 202) await this.note(items, answer);
      else this.refusals.push(`${answer?.status}: ${JSON.stringify(answer?.body)}`);
    }
  }

  /** Forgets how slow the answers were so far. */
  timeAfresh(): void {
    this.slowest.outcomes = 0;
    this.slowest.assignment = 0;
  }

  private async keepVisiting(): Promise<void> {
    while (!this.ending) await this.visit();
  }

  private async visit(): Promise<void> {
    const settled = this.settled[randomInt(this.settled.length * 3)];
    const unit = settled ?? this.someUnit();
    const token = await this.assign(unit);
    const items = Array.from({ length: randomInt(1, largestRequest) }, () =>
      this.outcome(unit, settled ? null : token),
    );
    await this.persist(items);
    // One in ten loses the answer, as far as its server knows, and asks again.
    if (randomInt(10) === 0) await this.persist(items);
  }

  private someUnit(): string {
    const again = this.met[randomInt(this.met.length * 2 + 1)];
    if (again !== undefined) return again;
    const unit = `${this.name}-${this.met.length}`;
    this.met.push(unit);
    return unit;
  }

  private outcome(unit: string, token: string | null): Sent {
    const id = `${this.name}-${(this.numbers += 1)}`;
    const latency = randomInt(1, 1_000_000) / 1_000;
    const metrics = {
      latency_ms: latency,
      cost_usd: randomInt(1_000) / 1e6,
      user_rating: randomInt(1, 6),
      error: randomInt(20) === 0 ? 1 : 0,
    };
    const owner = token === null ? { experiment: this.experiment, unit } : { token };
    return { id, unit, latency, body: { id, ...owner, metrics } };
  }

  private async assign(unit: string): Promise<string> {
    for (;;) {
      const answer = await this.ask('assignment', '/v1/assignments', { experiment: this.experiment, unit });
      // A server that shuts down sends everybody to another one; any other refusal is a failure.
      if (answer && answer.body.code !== 'SHUTTING_DOWN') this.assignments.answered += 1;
      if (answer?.status === 200 && answer.body.variant !== null) {
        this.assignments.served += 1;
        const { variant, version, reason, token } = answer.body;
        await this.ledger.note({ unit, variant, version, reason });
        return token;
      }
      if (answer && answer.status !== 503)
        this.refusals.push(`${unit}: ${answer.status} ${JSON.stringify(answer.body)}`);
      await delay(retryMilliseconds);
    }
  }

  private async persist(items: readonly Sent[]): Promise<void> {
    for (;;) {
      const answer = await this.ask('outcomes', '/v1/outcomes', { outcomes: items.map(({ body }) => body) });
      if (answer) this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      if (answer?.status === 202) return this.note(items, answer);
      if (answer && ![429, 503].includes(answer.status)) {
        this.refusals.push(`${answer.status} ${JSON.stringify(answer.body).slice(0, 500)} ${this.said()}`);
        return;
      }
      await delay(retryMilliseconds);
    }
  }

  private async note(items: readonly Sent[], { body }: Answer): Promise<void> {
    const deferred = body.deferred === true;
    this.acknowledged += items.length;
    if (deferred) this.deferred += items.length;
    const acknowledged = items.map(({ id, unit, latency }) => ({ id, unit, latency }));
    await this.ledger.note({ acknowledged, deferred });
  }

  private unanswered(error: unknown, sentAt: number): null {
    const { cause = error } = error as { cause?: { code?: string } };
    if ((cause as { code?: string }).code !== 'ECONNREFUSED')
      this.resets.push({ error: String(cause), sentAt });
    return null;
  }

  private async ask(what: 'outcomes' | 'assignment', path: string, body: object): Promise<Answer | null> {
    const server = this.servers[randomInt(Math.max(1, this.servers.length))];
    if (!server) return null;
    const began = performance.now();
    const answer = await server
      .call('POST', path, body, this.headers)
      .catch((error: unknown) => this.unanswered(error, began));
    if (answer) this.slowest[what] = Math.max(this.slowest[what], performance.now() - began);
    return answer;
  }
}
