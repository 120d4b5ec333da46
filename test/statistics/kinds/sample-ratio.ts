import { sampleRatioChiSquare, sampleRatioSequential } from '../../../src/statistics/sample-ratio.js';
import type { Answers } from './kind.js';

interface Counts {
  readonly weights: readonly number[];
  readonly observed: readonly number[];
}

function fixed(epochs: readonly Counts[]): object {
  const result = sampleRatioChiSquare(epochs.map(({ weights, observed }) => ({ weights, units: observed })));
  if (result.status !== 'ok') return result;
  return { expected: result.expected, chi2: result.chiSquare, df: result.degreesOfFreedom, p: result.pValue };
}

export const sampleRatioKinds: Answers = {
  srm_fixed: (counts: Counts) => fixed([counts]),
  srm_epochs: ({ epochs }: { readonly epochs: readonly Counts[] }) => fixed(epochs),
  srm_sequential: ({ weights, observed, concentration }: Counts & { readonly concentration: number }) => {
    const result = sampleRatioSequential([{ weights, units: observed }], concentration);
    if (result.status !== 'ok') return result;
    return {
      log_bayes_factor: result.logEValue,
      e_value: Math.exp(result.logEValue),
      p_at_this_look: result.pValue,
    };
  },
};
