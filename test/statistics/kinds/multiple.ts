import { adjustPValues } from '../../../src/statistics/adjust-p-values.js';
import { dunnettCriticalValue, dunnettPValues } from '../../../src/statistics/dunnett.js';
import type { Answers } from './kind.js';

interface Dunnett {
  readonly n_control: number;
  readonly n_treatments: readonly number[];
  readonly df: number;
  readonly confidence: number;
  readonly t: readonly number[];
}

const designOf = ({ n_control, n_treatments, df }: Dunnett) => ({
  control: n_control,
  treatments: n_treatments,
  degreesOfFreedom: df,
});

export const multipleKinds: Answers = {
  p_adjust: ({ p }: { readonly p: readonly number[] }) => ({
    bonferroni: adjustPValues(p, 'bonferroni'),
    holm: adjustPValues(p, 'holm'),
    hochberg: adjustPValues(p, 'hochberg'),
    bh: adjustPValues(p, 'benjamini-hochberg'),
    by: adjustPValues(p, 'benjamini-yekutieli'),
  }),
  dunnett_critical: (inputs: Dunnett) => ({
    critical_value: dunnettCriticalValue(designOf(inputs), 1 - inputs.confidence),
  }),
  dunnett_p: (inputs: Dunnett) => ({ adjusted_p: dunnettPValues(designOf(inputs), inputs.t) }),
};
