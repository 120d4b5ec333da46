import type { MetricReportView } from '../../api/contract.js';

type Category = MetricReportView['category'];

/** What is measured, in the order in which it counts; engagement apart, for a confusing answer raises it too. */
const order: readonly Category[] = ['quality', 'engagement', 'cost', 'performance', 'reliability'];

export const categoryWords: Readonly<Record<Category, string>> = {
  quality: 'Quality',
  engagement: 'Engagement',
  cost: 'Cost',
  performance: 'Performance',
  reliability: 'Reliability',
};

/** What a reader should know of a whole category. */
export const categoryNotes: Readonly<Partial<Record<Category, string>>> = {
  engagement: 'Shown apart from quality: a confusing answer is copied, retried and talked about too.',
};

/** The metrics of one category: those with figures, and those of which nothing was recorded. */
export interface CategoryGroup {
  readonly category: Category;
  readonly measured: readonly MetricReportView[];
  readonly silent: readonly MetricReportView[];
}

const roles: readonly MetricReportView['role'][] = ['primary', 'secondary', 'guardrail'];

/**
 * Metrics by category, within each those that decide first.
 *
 * @example categoryGroups(report.metrics).map(({ category }) => category) // ['quality', 'cost']
 */
export function categoryGroups(metrics: readonly MetricReportView[]): CategoryGroup[] {
  return order.flatMap((category) => {
    const own = metrics
      .filter((metric) => metric.category === category)
      .sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
    if (own.length === 0) return [];
    const isMeasured = ({ variants }: MetricReportView) => variants.some(({ mean }) => mean !== null);
    return [
      { category, measured: own.filter(isMeasured), silent: own.filter((metric) => !isMeasured(metric)) },
    ];
  });
}
