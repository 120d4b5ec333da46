const met = (value, must, wished, reaches) =>
  `${reaches(value, wished) ? 'both met' : reaches(value, must) ? 'must met' : 'NOT MET'}`;

/** A ratio that should be large, beside its bar. */
export const atLeast = (value, must, wished) =>
  `≥ ${must} / ${wished}: ${met(value, must, wished, (a, b) => a >= b)}`;

/** A figure that should be small, beside its bar. */
export const atMost = (value, must, wished) =>
  `≤ ${must} / ${wished}: ${met(value, must, wished, (a, b) => a <= b)}`;

/** A ratio as it is printed: more digits where it is small. */
export function times(value) {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `**${Number(value.toFixed(digits)).toLocaleString('en')}x**`;
}

/** A count as it is printed. */
export const whole = (value) => Math.round(value).toLocaleString('en');
