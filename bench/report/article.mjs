// The reference article's results on a Redis list: LRANGE, parse, filter, sort. Says what it found, and in how many milliseconds.
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { Redis } from 'ioredis';
import { metrics } from './values.mjs';

const [redisUrl, key] = process.argv.slice(2);
const redis = new Redis(redisUrl);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values) {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

function percentile(values, share) {
  const sorted = values.slice().sort((a, b) => a - b);
  const index = (share / 100) * (sorted.length - 1);
  const lower = Math.floor(index);
  const upper = sorted[lower + 1] ?? sorted[lower];
  return sorted[lower] + (index - lower) * (upper - sorted[lower]);
}

const valuesOf = (entries, metric) =>
  entries.map((entry) => entry.metrics[metric]).filter((value) => typeof value === 'number');

/** The article's aggregateMetrics, which sorts for every percentile. */
function aggregate(entries) {
  const results = {};
  for (const metric of metrics) {
    const values = valuesOf(entries, metric);
    results[metric] = {
      mean: mean(values),
      median: percentile(values, 50),
      stddev: Math.sqrt(variance(values)),
      p25: percentile(values, 25),
      p75: percentile(values, 75),
      p95: percentile(values, 95),
      count: values.length,
    };
  }
  return results;
}

function welch(a, b) {
  const [shareA, shareB] = [variance(a) / a.length, variance(b) / b.length];
  return (mean(a) - mean(b)) / Math.sqrt(shareA + shareB);
}

process.on('message', async () => {
  const start = performance.now();
  const all = (await redis.lrange(key, 0, -1)).map((entry) => JSON.parse(entry));
  const groups = Object.fromEntries(
    ['v0', 'v1'].map((variant) => [variant, all.filter(({ variantId }) => variantId === variant)]),
  );
  const results = { v0: aggregate(groups.v0), v1: aggregate(groups.v1), comparison: {} };
  for (const metric of metrics)
    results.comparison[metric] = welch(valuesOf(groups.v1, metric), valuesOf(groups.v0, metric));
  process.send({ milliseconds: performance.now() - start, results });
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
process.send('ready');
