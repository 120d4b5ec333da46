/**
 * The sufficient statistics of one variant on one metric, with the unit of randomisation as the unit of analysis.
 * For each unit u: S_u is the sum of its values, N_u the number of its events, Y_u = S_u / N_u its mean (or the
 * metric's other per-unit value). All second moments are centred, so nothing cancels.
 */
export interface Moments {
  /** Number of units. */
  readonly units: number;
  /** Sum of N_u: number of events. */
  readonly events: number;
  /** Sum of S_u: sum of all values. */
  readonly sum: number;
  /** Σ (S_u − mean S)². */
  readonly sumSquares: number;
  /** Σ (N_u − mean N)². */
  readonly eventSquares: number;
  /** Σ (S_u − mean S)(N_u − mean N). */
  readonly crossProducts: number;
  /** Sum of Y_u. */
  readonly valueSum: number;
  /** Σ (Y_u − mean Y)². */
  readonly valueSquares: number;
  /** Σ (x − mean x)² over events, whichever unit they belong to. */
  readonly eventValueSquares: number;
}
