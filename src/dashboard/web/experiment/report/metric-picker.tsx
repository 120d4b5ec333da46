import type { MetricReportView } from '../../api/contract.js';
import { metricNameOf } from '../../format/metric.js';

export interface MetricPickerProps {
  readonly metrics: readonly MetricReportView[];
  readonly chosen: string;
  readonly onPick: (key: string) => void;
}

/** Which metric is looked at. */
export function MetricPicker({ metrics, chosen, onPick }: MetricPickerProps) {
  return (
    <label class="picker">
      Metric
      <select value={chosen} onChange={(event) => onPick(event.currentTarget.value)}>
        {metrics.map(({ key, role }) => (
          <option key={key} value={key}>
            {metricNameOf(key)} ({role})
          </option>
        ))}
      </select>
    </label>
  );
}
