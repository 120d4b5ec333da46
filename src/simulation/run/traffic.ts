/** What users did, as counted on their side. */
export interface TrafficCounts {
  /** Summaries asked for, retries included. */
  readonly visits: number;
  readonly ratings: number;
  /** Ratings that came after their window had passed, as on an overloaded machine. */
  readonly late: number;
  readonly abandoned: number;
  readonly retried: number;
  readonly failed: number;
  /** Outcomes that the server refused. */
  readonly refused: number;
  /** How often the fallback was served, by the reason that the server gave. */
  readonly fallbacks: Readonly<Record<string, number>>;
}

export type TrafficEvent = Exclude<keyof TrafficCounts, 'fallbacks'>;

/** The variant that a user was first served, and under which weight epoch. */
export interface FirstAssignment {
  readonly unit: string;
  readonly variant: string;
  readonly epoch: number;
}

/** Counts what users do and where new users go. */
export class Traffic {
  private readonly counted: Record<TrafficEvent, number> = {
    visits: 0,
    ratings: 0,
    late: 0,
    abandoned: 0,
    retried: 0,
    failed: 0,
    refused: 0,
  };
  private readonly fallbacks: Record<string, number> = {};
  private readonly byEpoch = new Map<number, Record<string, number>>();
  private readonly first: FirstAssignment[] = [];

  /** @param remembered how many early users to remember, to ask again at the end */
  constructor(private readonly remembered: number) {}

  count(event: TrafficEvent): void {
    this.counted[event] += 1;
  }

  fallback(reason: string): void {
    this.fallbacks[reason] = (this.fallbacks[reason] ?? 0) + 1;
  }

  newUser(assignment: FirstAssignment): void {
    if (this.first.length < this.remembered) this.first.push(assignment);
    const users = this.byEpoch.get(assignment.epoch) ?? {};
    users[assignment.variant] = (users[assignment.variant] ?? 0) + 1;
    this.byEpoch.set(assignment.epoch, users);
  }

  get counts(): TrafficCounts {
    return { ...this.counted, fallbacks: { ...this.fallbacks } };
  }

  get earlyUsers(): readonly FirstAssignment[] {
    return this.first;
  }

  /** New users of that weight epoch by variant. */
  newUsersOf(epoch: number): Readonly<Record<string, number>> {
    return { ...this.byEpoch.get(epoch) };
  }
}
