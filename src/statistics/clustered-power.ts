import { checkPositive } from './check-argument.js';
import { sumOfQuantiles, type PowerPlan } from './power.js';

/**
 * By what factor events of the same units being alike inflates the variance of a mean over events.
 *
 * 1 + ((cv² + 1) m − 1) ICC, with m events per unit on average and cv their coefficient of variation.
 * Source: Eldridge, Ashby, Kerry 2006, International Journal of Epidemiology 35:1292.
 *
 * @example designEffect({ eventsPerUnit: 10, intraclassCorrelation: 0.3 }); // 3.7
 */
export function designEffect(clusters: {
  readonly eventsPerUnit: number;
  readonly intraclassCorrelation: number;
  /** Standard deviation of the number of events per unit over its mean. @default 0 */
  readonly variation?: number;
}): number {
  const { eventsPerUnit, intraclassCorrelation, variation = 0 } = clusters;
  return 1 + ((variation ** 2 + 1) * eventsPerUnit - 1) * intraclassCorrelation;
}

export interface ClusteredPlan extends PowerPlan {
  /** Smallest difference worth finding (minimum detectable effect, MDE). */
  readonly effect: number;
  /** Standard deviation over events. */
  readonly standardDeviation: number;
  readonly eventsPerUnit: number;
  readonly intraclassCorrelation: number;
  readonly variation?: number;
  /** Correlation of the metric with a covariate known beforehand. @default 0 */
  readonly covariateCorrelation?: number;
  /** Variants including the control; each treatment is compared at alpha / (variants − 1). @default 2 */
  readonly variants?: number;
}

/**
 * How many control units and events a difference of means over events needs, when units have several events each.
 *
 * Events: (z_{1−α/2} + z_power)² s² (1 + 1/ratio) / effect² × design effect × (1 − ρ²); units: events / events per unit.
 * Source: Eldridge et al. 2006 (design effect); Deng et al. 2013, WSDM (covariate, CUPED).
 *
 * @throws AssayError when alpha or power lies outside (0, 1), or a quantity is not positive
 * @example clusteredUnits({ effect: 0.2, standardDeviation: 2.5, eventsPerUnit: 10, intraclassCorrelation: 0.3, alpha: 0.05, power: 0.8 }).units; // 907.5
 */
export function clusteredUnits(plan: ClusteredPlan): {
  readonly designEffect: number;
  readonly events: number;
  readonly units: number;
} {
  const {
    effect,
    standardDeviation,
    eventsPerUnit,
    ratio = 1,
    covariateCorrelation = 0,
    variants = 2,
  } = plan;
  checkPositive('effect', effect);
  checkPositive('standardDeviation', standardDeviation);
  checkPositive('eventsPerUnit', eventsPerUnit);
  checkPositive('variants − 1', variants - 1);
  const quantiles = sumOfQuantiles(plan.alpha / (variants - 1), plan.power);
  const independent = (quantiles ** 2 * standardDeviation ** 2 * (1 + 1 / ratio)) / effect ** 2;
  const inflation = designEffect(plan);
  const events = independent * inflation * (1 - covariateCorrelation ** 2);
  return { designEffect: inflation, events, units: events / eventsPerUnit };
}
