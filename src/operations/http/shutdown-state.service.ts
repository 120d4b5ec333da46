import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';

/** For as long, clients that keep connections learn from an answer that theirs ends, instead of finding it cut. */
const graceMilliseconds = 300;

/** On a busy machine all of the grace may pass at once: requests that have come are read in the turns in between. */
const turns = 6;

/** Whether this process has begun to stop. */
@Injectable()
export class ShutdownState implements OnModuleDestroy, BeforeApplicationShutdown {
  isClosing = false;

  onModuleDestroy(): void {
    this.isClosing = true;
  }

  /** Told to stop by a signal, the server goes on listening for a moment. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal === undefined) return;
    for (let turn = 0; turn < turns; turn += 1) {
      await delay(graceMilliseconds / turns);
      await setImmediate();
    }
  }
}
