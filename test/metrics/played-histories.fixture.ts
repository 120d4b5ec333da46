import { ExposureStore } from '../../src/bucketing/exposure.store.js';
import type { StartedDatabase } from '../database/embedded.fixture.js';
import { batchesOf, exposuresOf, type History } from './history.fixture.js';
import { openDatabase, startWriter } from './measurement.fixture.js';

/** A database of its own in which histories can be played, each in an experiment of its own. */
export interface PlayedHistories {
  readonly database: StartedDatabase;
  /** Writes the histories; the number of the first one's experiment, the others follow. */
  play(played: readonly History[]): Promise<number>;
  close(): Promise<void>;
}

export async function openHistories(): Promise<PlayedHistories> {
  const place = await openDatabase();
  const database = await place.open();
  let experiments = 0;
  return {
    database,
    async play(played) {
      const first = experiments + 1;
      experiments += played.length;
      const exposures = played.flatMap((history, index) => exposuresOf(first + index, history, 'written'));
      await database.transactions.run((manager) =>
        new ExposureStore(database.dataSource).write(exposures, 1, manager),
      );
      const outcomes = played.flatMap((history, index) => batchesOf(first + index, history, false).flat());
      await startWriter(database).write(outcomes);
      return first;
    },
    async close() {
      await database.close();
      await place.drop();
    },
  };
}
