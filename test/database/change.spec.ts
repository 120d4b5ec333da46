import fc from 'fast-check';
import { readChange, writeChange } from '../../src/database/change.js';

describe('a change on a channel', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.maxSafeInteger(),
        fc.string(),
        (topic, key, version, origin) => {
          const text = writeChange({ topic, key, version }, origin);
          expect(readChange(text)).toEqual({ topic, key, version, origin });
        },
      ),
    );
  });

  it('is never read from anything else, whatever was sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readChange(text)).toBeNull();
      }),
    );
  });

  it.each([
    '{"topic":"a","key":"b","version":1.5,"origin":"p"}',
    '{"topic":"a","key":"b","version":"1","origin":"p"}',
    '{"topic":"a","key":"b","version":1}',
    '{"topic":1,"key":"b","version":1,"origin":"p"}',
    'null',
  ])('is refused when a part is missing or of the wrong kind: %s', (text) => {
    expect(readChange(text)).toBeNull();
  });
});
