import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { Definition } from './draft-faults.js';
import type { DraftWarning } from './draft-warnings.js';

/** Somebody who knows earlier experiments and can say what they mean for a draft. */
export abstract class DraftOutlook {
  abstract warnings(draft: Definition): Promise<readonly DraftWarning[]>;
}

const patienceMilliseconds = 1_000;

/**
 * Asks what past data say of a draft. Whoever can answer adds itself, since data lie above experiments. An answer that
 * fails or takes too long is as good as none: a draft is created all the same, and soon.
 */
@Injectable()
export class DraftOutlooks {
  private readonly logger = new Logger('Drafts');
  private readonly outlooks: DraftOutlook[] = [];

  add(outlook: DraftOutlook): void {
    this.outlooks.push(outlook);
  }

  /** What to reconsider about a draft; nothing about any other experiment. */
  async warnings(draft: Definition, patience = patienceMilliseconds): Promise<readonly DraftWarning[]> {
    if (draft.status !== 'draft') return [];
    const asked = this.outlooks.map((outlook) => this.ask(outlook, draft, patience));
    return (await Promise.all(asked)).flat();
  }

  private async ask(
    outlook: DraftOutlook,
    draft: Definition,
    patience: number,
  ): Promise<readonly DraftWarning[]> {
    try {
      const tooLate = delay<readonly DraftWarning[]>(patience, [], { ref: false });
      return await Promise.race([outlook.warnings(draft), tooLate]);
    } catch (error) {
      this.logger.warn(`What earlier experiments say of "${draft.key}" is not known just now`, error);
      return [];
    }
  }
}
