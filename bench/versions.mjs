import { readFileSync } from 'node:fs';

/** Version of a package that is measured here or measures. */
export function versionOf(name) {
  for (const place of ['./node_modules', '../node_modules']) {
    try {
      return JSON.parse(readFileSync(new URL(`${place}/${name}/package.json`, import.meta.url), 'utf8'))
        .version;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`${name} is not installed; run npm ci --prefix bench.`);
}
