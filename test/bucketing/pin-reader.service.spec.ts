import type { ExposureStore, FirstAssignment, UnitReference } from '../../src/bucketing/exposure.store.js';
import { PinReader } from '../../src/bucketing/pin-reader.service.js';

const exposedAt = new Date(0);
const even = ({ unit, experimentId }: UnitReference): FirstAssignment[] =>
  Number(unit) % 2 === 0 ? [{ experimentId, unit, variant: `variant-${unit}`, epoch: 1, exposedAt }] : [];

function readerOf(findPins: (units: readonly UnitReference[]) => Promise<FirstAssignment[]>): PinReader {
  return new PinReader({ findPins } as unknown as ExposureStore);
}

describe('PinReader', () => {
  it('reads all that wait in one query, and gives each asker its own answer', async () => {
    const sizes: number[] = [];
    const reader = readerOf((units) => {
      sizes.push(units.length);
      return Promise.resolve(units.flatMap(even));
    });
    const units = Array.from({ length: 100 }, (_, index) => String(index));
    const found = await Promise.all(units.map((unit) => reader.find(1, unit)));
    expect(found.map((pin) => pin?.variant ?? null)).toEqual(
      units.map((unit) => (Number(unit) % 2 === 0 ? `variant-${unit}` : null)),
    );
    expect(sizes).toEqual([100]);
  });

  it('fails those who wait when the database fails, and serves the next', async () => {
    let away = true;
    const reader = readerOf((units) =>
      away ? Promise.reject(new Error('away')) : Promise.resolve(units.flatMap(even)),
    );
    await expect(Promise.all([reader.find(1, '2'), reader.find(1, '4')])).rejects.toThrow('away');
    away = false;
    expect((await reader.find(1, '2'))?.variant).toBe('variant-2');
  });
});
