import { acceptsBrotli } from '../../../src/dashboard/page/accepts-brotli.js';

describe('a browser', () => {
  it.each(['br', 'gzip, deflate, br, zstd', 'gzip;q=1.0, br;q=0.5', 'BR'])(
    'that sends "%s" takes Brotli',
    (header) => {
      expect(acceptsBrotli(header)).toBe(true);
    },
  );

  it.each([undefined, '', 'gzip, deflate', 'br;q=0', 'gzip, br; q=0.0', 'brotli', 'x-br'])(
    'that sends "%s" does not',
    (header) => {
      expect(acceptsBrotli(header)).toBe(false);
    },
  );
});
