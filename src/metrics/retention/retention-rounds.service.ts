import { Injectable, Logger } from '@nestjs/common';

/** Something that is kept for a time. */
interface Keeping {
  /** In the plural: `outcomes`. */
  readonly what: string;
  readonly run: () => Promise<unknown>;
}

/** Lets go of what is older than it is to be kept. Whoever keeps something adds it; one that fails keeps no other from it. */
@Injectable()
export class RetentionRounds {
  private readonly logger = new Logger(RetentionRounds.name);
  private readonly keepings: Keeping[] = [];

  add(what: string, run: () => Promise<unknown>): void {
    this.keepings.push({ what, run });
  }

  /** Never throws: what could not go stays until the next time. */
  async run(): Promise<void> {
    const round = this.keepings.map(({ what, run }) =>
      run().catch((error: unknown) =>
        this.logger.warn(`Old ${what} could not be let go; they stay for now`, error),
      ),
    );
    await Promise.all(round);
  }
}
