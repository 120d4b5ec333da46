import type { MetricReportView } from '../../api/contract.js';

/**
 * How differences were made, where they are not those of the figures beside them; empty where they are.
 *
 * @example estimatorNote({ estimator: 'units', covariate: null }) // ''
 */
export function estimatorNote({
  estimator,
  covariate,
}: Pick<MetricReportView, 'estimator' | 'covariate'>): string {
  switch (estimator) {
    case 'units':
    case 'quantile':
      return '';
    case 'adaptive':
      return 'The weights changed while units came, so each unit counts by its chance of having met its variant: differences are not those of the figures shown.';
    case 'covariate-adjusted':
      return `What was known of units before (${covariate ?? 'the covariate'}) is taken out of the differences, so they are not those of the figures shown.`;
    case 'judged':
      return 'Figures are what people would have said: a judge’s scores, corrected by people’s labels of the same answers.';
  }
}
