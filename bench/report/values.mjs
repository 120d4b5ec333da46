/** Metrics of the experiment whose report is read. */
export const metrics = ['user_rating', 'quality_score', 'latency_ms', 'cost_usd', 'output_tokens'];

/** Values that each unit sent: four of each metric. */
export const valuesPerUnit = 20;

/** Evenly spread over (0, 1), and always the same for a number. */
const share = (number) => (((number + 0.5) * 0.6180339887498949) % 1) * 0.999998 + 1e-6;

/** About normal: the sum of twelve. */
function spread(number) {
  let sum = -6;
  for (let part = 0; part < 12; part++) sum += share(number * 12 + part * 7919);
  return sum;
}

/** A value as that metric has them: ratings are whole, times and costs have a long tail. */
export function valueOf(metric, number, variant) {
  const better = variant === 'v0' ? 0 : 0.02;
  switch (metric) {
    case 'user_rating':
      return 1 + Math.floor(share(number) * 5);
    case 'quality_score':
      return Number((0.7 + better + 0.1 * spread(number)).toFixed(4));
    case 'latency_ms':
      return Number((800 * Math.exp(0.5 * spread(number) - better)).toFixed(2));
    case 'cost_usd':
      return Number((0.003 * Math.exp(0.4 * spread(number))).toFixed(6));
    default:
      return 1 + Math.floor(200 * Math.exp(0.4 * spread(number)));
  }
}
