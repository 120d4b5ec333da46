import fc from 'fast-check';
import { writeApart } from '../../src/database/write-apart.js';

/** PostgreSQL: 22P05 untranslatable_character, 57P01 admin_shutdown. */
const refused = Object.assign(new Error('untranslatable character'), { code: '22P05' });
const away = Object.assign(new Error('terminating connection'), { code: '57P01' });

/** A table that takes no negative numbers, and is away at 13. */
function table() {
  const written: number[] = [];
  const write = (rows: readonly number[]): Promise<void> => {
    if (rows.some((row) => row < 0)) return Promise.reject(refused);
    if (rows.includes(13)) return Promise.reject(away);
    written.push(...rows);
    return Promise.resolve();
  };
  return { written, write };
}

describe('writing apart', () => {
  it('writes every row that the database takes, in order, and gives up each other alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }), async (rows) => {
        const { written, write } = table();
        const givenUp: number[] = [];
        await writeApart(rows, write, (row) => givenUp.push(row));
        expect(written).toEqual(rows.filter((row) => row >= 0));
        expect(givenUp).toEqual(rows.filter((row) => row < 0));
      }),
    );
  });

  it('hands on an error that waiting may cure', async () => {
    const giveUp = (): never => {
      throw new Error('nothing is given up');
    };
    await expect(writeApart([1, 13], table().write, giveUp)).rejects.toBe(away);
  });
});
