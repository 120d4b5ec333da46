import { fisherExactPValue } from '../../../src/statistics/fisher-exact.js';
import { miettinenNurminenInterval } from '../../../src/statistics/miettinen-nurminen.js';
import { clopperPearsonInterval, wilsonInterval } from '../../../src/statistics/proportion.js';
import {
  agrestiCaffoInterval,
  newcombeInterval,
  pooledPValue,
  riskRatioInterval,
} from '../../../src/statistics/proportion-difference.js';
import type { Answers } from './kind.js';

interface TwoProportions {
  readonly x_a: number;
  readonly n_a: number;
  readonly x_b: number;
  readonly n_b: number;
  readonly confidence: number;
}

function twoProportions({ x_a, n_a, x_b, n_b, confidence }: TwoProportions): object {
  const control = { successes: x_a, units: n_a };
  const treatment = { successes: x_b, units: n_b };
  const alpha = 1 - confidence;
  const newcombe = newcombeInterval(control, treatment, alpha);
  const agrestiCaffo = agrestiCaffoInterval(control, treatment, alpha);
  const miettinenNurminen = miettinenNurminenInterval(control, treatment, alpha);
  const riskRatio = riskRatioInterval(control, treatment, alpha);
  if (newcombe.status !== 'ok' || agrestiCaffo.status !== 'ok' || miettinenNurminen.status !== 'ok')
    return {};
  return {
    diff: newcombe.difference,
    newcombe: newcombe.interval,
    agresti_caffo: agrestiCaffo.interval,
    miettinen_nurminen: miettinenNurminen.interval,
    fisher_exact_p: fisherExactPValue(control, treatment),
    pooled_z_p: pooledPValue(control, treatment),
    wilson_a: wilsonInterval(control, alpha),
    clopper_pearson_a: clopperPearsonInterval(control, alpha),
    ratio_log_ci: riskRatio.status === 'ok' ? riskRatio.interval : null,
  };
}

export const proportionKinds: Answers = { two_proportions: twoProportions };
