import { LRUCache } from 'lru-cache';

/** That many keys may be wrong, of one address, within the time; then it waits for the rest of it. */
const mostFailures = 10;
const windowMilliseconds = 60_000;
const rememberedAddresses = 10_000;

interface Failures {
  readonly until: number;
  readonly count: number;
}

/** Counts keys that were tried in vain, by address. An IPv6 network of 64 bits is one address: it is what one house has. */
export class SignInAttempts {
  private readonly failures = new LRUCache<string, Failures>({ max: rememberedAddresses });

  /** Seconds that the address has to wait before its next attempt; 0 when it may try. */
  wait(address: string, now: Date): number {
    const known = this.failures.get(networkOf(address));
    if (!known || known.count < mostFailures || known.until <= now.getTime()) return 0;
    return Math.ceil((known.until - now.getTime()) / 1_000);
  }

  /** Counts an attempt as failed, before it is known how it ends, so that many at once get no further than one by one. */
  begin(address: string, now: Date): void {
    const network = networkOf(address);
    const known = this.failures.get(network);
    const isOver = !known || known.until <= now.getTime();
    const until = isOver ? now.getTime() + windowMilliseconds : known.until;
    this.failures.set(network, { until, count: isOver ? 1 : known.count + 1 });
  }

  /** An attempt that was begun did not fail. */
  succeed(address: string): void {
    const network = networkOf(address);
    const known = this.failures.get(network);
    if (known) this.failures.set(network, { ...known, count: Math.max(0, known.count - 1) });
  }
}

function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::', 2);
  const groups = head.split(':').filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - groups.length - rest.length }, () => '0');
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':');
}
