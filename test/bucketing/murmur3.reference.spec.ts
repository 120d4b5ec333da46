import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { murmur3 } from '../../src/bucketing/murmur3.js';

function referenceFile(path: string): string {
  const folder = process.env['REFERENCE_DATA'];
  if (!folder) {
    throw new Error(
      'REFERENCE_DATA is not set; set it to the folder of reference data, then run npm run test:reference.',
    );
  }
  return readFileSync(join(folder, path), 'utf8');
}

interface OptimizelyCase {
  readonly bucketing_id: string;
  readonly entity_id: string;
  readonly expected_bucket_0_9999: number;
}

describe('murmur3 against the cases of other products', () => {
  // Source: splitio/ruby-client spec/test_data/hash/murmur3-sample-data-v2.csv (Apache-2.0), every 50th row.
  it('gives the hash and the bucket of every Split case', () => {
    const rows = referenceFile('peer-suites/split/murmur3-32-buckets.csv').trim().split('\n').slice(1);
    expect(rows.length).toBe(2000);
    const differing = rows.filter((row) => {
      const [seed, key = '', hash, bucket] = row.trim().split(',');
      const actual = murmur3(key, Number(seed));
      return actual !== Number(hash) || (actual % 100) + 1 !== Number(bucket);
    });
    expect(differing).toEqual([]);
  });

  // Source: the bucketing tests of the Optimizely SDKs (Apache-2.0).
  it('gives the bucket of every Optimizely case', () => {
    const cases = JSON.parse(referenceFile('peer-suites/optimizely/bucketing.json')) as OptimizelyCase[];
    expect(cases.length).toBe(5);
    for (const { bucketing_id, entity_id, expected_bucket_0_9999 } of cases) {
      const hash = murmur3(bucketing_id + entity_id, 1);
      expect(Math.floor((hash / 2 ** 32) * 10_000)).toBe(expected_bucket_0_9999);
    }
  });
});
