const name = 'http_request_duration_seconds';

/** Seconds; from an assignment out of memory (below 1 ms) to a slow model's answer. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

interface Series {
  readonly labels: { readonly method: string; readonly route: string; readonly status_code: number };
  /** Requests by the first bound that they are within; the last place is for those beyond all. */
  readonly counts: Float64Array;
  sum: number;
}

/** A line of Prometheus' text format. */
interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/**
 * A Prometheus histogram of the time that requests take, in the form in which a `prom-client` registry reads its own.
 * The library's puts a text together from the labels of each observation, which took as long as an assignment does.
 */
export class RequestDurations {
  readonly name = name;
  private readonly series = new Map<string, Map<number, Series>>();

  observe(method: string, route: string, status: number, seconds: number): void {
    const series = this.seriesOf(method, route, status);
    let bucket = 0;
    while (bucket < bounds.length && seconds > bounds[bucket]!) bucket++;
    series.counts[bucket]! += 1;
    series.sum += seconds;
  }

  /** What a registry asks of a metric. */
  get() {
    const values = [...this.series.values()].flatMap((byStatus) => [...byStatus.values()].flatMap(samplesOf));
    const help = 'Time from the arrival of a request to the end of its answer, by route template';
    return Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values });
  }

  /** Method and route are few and constant texts, so that joining them costs less than it looks. */
  private seriesOf(method: string, route: string, status: number): Series {
    const place = method + route;
    let byStatus = this.series.get(place);
    if (!byStatus) this.series.set(place, (byStatus = new Map<number, Series>()));
    let series = byStatus.get(status);
    if (!series) {
      const labels = { method, route, status_code: status };
      byStatus.set(status, (series = { labels, counts: new Float64Array(bounds.length + 1), sum: 0 }));
    }
    return series;
  }
}

function samplesOf({ labels, counts, sum }: Series): Sample[] {
  let within = 0;
  const buckets = [...bounds, '+Inf'].map((le, place): Sample => {
    within += counts[place]!;
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: within };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: within },
  ];
}
