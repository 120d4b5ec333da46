import { collectMoments, type UnitRow } from '../../../src/statistics/collect-moments.js';
import { compareEstimates, type Comparison } from '../../../src/statistics/difference.js';
import { compareRatios, jackknifeRatio } from '../../../src/statistics/ratio.js';
import { welch } from '../../../src/statistics/welch.js';
import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { share, type Figure } from './figure.js';
import { eventLevelScore, naiveThreshold } from './naive.js';
import { clusteredRates, clusteredUnits, geometricEvents, tenEvents } from './unit-data.js';

const alpha = 0.05;
const intraclassCorrelation = 0.3;

type Figures = Readonly<Record<'eventLevel' | 'jackknife' | 'delta' | 'unitMeans', Figure>>;

/** How often two variants that are alike come out different. */
function falseAlarms(run: Run, replications: number, variant: (draws: Draws) => UnitRow[]): Figures {
  const found = { eventLevel: 0, jackknife: 0, delta: 0, unitMeans: 0 };
  const alarm = (comparison: Comparison): number =>
    comparison.status === 'ok' && comparison.pValue < alpha ? 1 : 0;
  let count = 0;
  for (const draws of run.times(replications)) {
    const [controlRows, treatmentRows] = [variant(draws), variant(draws)];
    const [control, treatment] = [collectMoments(controlRows), collectMoments(treatmentRows)];
    found.eventLevel += Math.abs(eventLevelScore(control, treatment)) > naiveThreshold ? 1 : 0;
    found.jackknife += alarm(
      compareEstimates(jackknifeRatio(controlRows), jackknifeRatio(treatmentRows), alpha),
    );
    found.delta += alarm(compareRatios(control, treatment, alpha));
    found.unitMeans += alarm(welch(control, treatment, alpha));
    count += 1;
  }
  return {
    eventLevel: share(found.eventLevel, count),
    jackknife: share(found.jackknife, count),
    delta: share(found.delta, count),
    unitMeans: share(found.unitMeans, count),
  };
}

describe('one look at variants that are alike', () => {
  bar('1', '500 users per variant, 10 events each, ICC 0.3', (run) => {
    const replications = 10_000;
    const normal = { intraclassCorrelation, events: tenEvents };
    const rates = { intraclassCorrelation, events: 10, rate: 0.3 };
    const uneven = { intraclassCorrelation, events: geometricEvents };
    const values = falseAlarms(run, replications, (draws) => clusteredUnits(draws, 500, normal));
    const binary = falseAlarms(run, replications, (draws) => clusteredRates(draws, 500, rates));
    const ratio = falseAlarms(run, replications, (draws) => clusteredUnits(draws, 500, uneven));
    const bounds = { atLeast: 0.043, atMost: 0.055 };
    return [
      { name: 'normal events: event-level Welch (naive)', figure: values.eventLevel },
      { name: 'normal events: unit means', figure: values.unitMeans, ...bounds },
      { name: 'normal events: ratio, jackknife', figure: values.jackknife, ...bounds },
      { name: 'binary events: event-level Welch (naive)', figure: binary.eventLevel },
      { name: 'binary events: unit means', figure: binary.unitMeans, ...bounds },
      { name: 'geometric counts: event-level Welch (naive)', figure: ratio.eventLevel },
      { name: 'geometric counts: ratio, jackknife', figure: ratio.jackknife, ...bounds },
      { name: 'geometric counts: ratio, delta', figure: ratio.delta, ...bounds },
      { name: 'geometric counts: unit means', figure: ratio.unitMeans, ...bounds },
    ];
  });

  bar('2', '30 users per variant, geometric numbers of events (mean 10), ICC 0.3', (run) => {
    const uneven = { intraclassCorrelation, events: geometricEvents };
    const ratio = falseAlarms(run, 10_000, (draws) => clusteredUnits(draws, 30, uneven));
    return [
      { name: 'event-level Welch (naive)', figure: ratio.eventLevel },
      { name: 'ratio, delta', figure: ratio.delta },
      { name: 'ratio, jackknife', figure: ratio.jackknife, atMost: 0.058 },
      { name: 'unit means', figure: ratio.unitMeans, atMost: 0.058 },
    ];
  });
});
