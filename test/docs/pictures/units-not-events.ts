import { designEffect } from '../../../src/statistics/clustered-power.js';
import { normalQuantile, normalUpperTail } from '../../../src/statistics/distributions.js';
import { axes, curve, linear, percent, placed, ticks } from './chart.js';
import { palette } from './palette.js';
import { drawing, line, words } from './shapes.js';

const alpha = 0.05;

/** False alarms of a test that takes events for independent: its z has the standard deviation √(design effect). */
function falseAlarms(eventsPerUnit: number, intraclassCorrelation: number, variation = 0): number {
  const effect = designEffect({ eventsPerUnit, intraclassCorrelation, variation });
  return 2 * normalUpperTail(-normalQuantile(alpha / 2) / Math.sqrt(effect));
}

export function unitsNotEvents(): string {
  const x = linear([1, 20], [60, 430]);
  const y = linear([0, 0.6], [210, 40]);
  const along = (valueAt: (events: number) => number) => placed(curve([1, 20], 38, valueAt), x, y);
  // Of a geometric number of events with mean m: √((m − 1) / m).
  const uneven = (events: number) => falseAlarms(events, 0.3, Math.sqrt((events - 1) / events));
  const even = (events: number) => falseAlarms(events, 0.3);
  const weak = (events: number) => falseAlarms(events, 0.1);
  const label = (value: number, text: string, colour: (typeof palette)[keyof typeof palette]) =>
    words([438, y.at(value) + 4.5], text, { colour, size: 12 });
  return drawing({
    title:
      'False alarms of a test on events rise from 5 per cent with one event per unit to more than half with twenty; a test on units stays at 5 per cent.',
    width: 640,
    height: 256,
    shapes: [
      ...axes({
        x,
        y,
        xTicks: ticks([1, 5, 10, 15, 20]),
        yTicks: ticks([0, 0.2, 0.4, 0.6], percent),
        xLabel: 'events per unit',
        yLabel: 'false alarms of one look at p < 0.05',
      }),
      line(along(uneven), { colour: palette.red, width: 2 }),
      line(along(even), { colour: palette.orange, width: 2 }),
      line(along(weak), { colour: palette.purple, width: 2 }),
      line(
        along(() => alpha),
        { colour: palette.blue, width: 2 },
      ),
      label(uneven(20), 'events, uneven numbers, 0.3', palette.red),
      label(even(20), 'events that correlate by 0.3', palette.orange),
      label(weak(20), 'events that correlate by 0.1', palette.purple),
      label(alpha, 'units', palette.blue),
    ],
  });
}
