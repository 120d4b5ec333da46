const usersPerWave = 100;
const mostWaves = 8;

/**
 * In how many waves the users come. A bandit learns between waves, as rewards have to mature; a fixed split needs one.
 *
 * @example waveSizes(400, true) // [100, 100, 100, 100]
 */
export function waveSizes(users: number, bandit: boolean): number[] {
  const waves = bandit ? Math.min(mostWaves, Math.max(2, Math.round(users / usersPerWave))) : 1;
  const ends = Array.from({ length: waves }, (_, index) => Math.round(((index + 1) * users) / waves));
  return ends.map((end, index) => end - (ends[index - 1] ?? 0));
}

/**
 * Matured units that each variant needs before the bandit moves: what the first wave brings surely.
 *
 * @example burnInUnits(3000) // 93
 */
export function burnInUnits(users: number): number {
  const [first = 0] = waveSizes(users, true);
  return Math.min(100, Math.max(2, Math.floor(first / 4)));
}
