import { Injectable } from '@nestjs/common';
import { ExposureStore, type FirstAssignment, type UnitReference } from './exposure.store.js';

interface Waiting extends UnitReference {
  readonly settle: (found: FirstAssignment | null) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Reads first assignments from the database, all that wait in one query: a burst of new units after a change of
 * weights costs a few queries, not one each.
 */
@Injectable()
export class PinReader {
  private waiting: Waiting[] = [];
  private reading = false;

  constructor(private readonly exposures: ExposureStore) {}

  find(experimentId: number, unit: string): Promise<FirstAssignment | null> {
    return new Promise((settle, fail) => {
      this.waiting.push({ experimentId, unit, settle, fail });
      if (!this.reading) void this.read();
    });
  }

  private async read(): Promise<void> {
    this.reading = true;
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        const found = new Map((await this.exposures.findPins(batch)).map((pin) => [keyOf(pin), pin]));
        for (const one of batch) one.settle(found.get(keyOf(one)) ?? null);
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.reading = false;
  }
}

function keyOf({ experimentId, unit }: UnitReference): string {
  return `${experimentId}:${unit}`;
}
