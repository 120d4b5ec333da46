import { best } from './best.js';
import { changedWeights } from './changed-weights.js';
import { covariate } from './covariate.js';
import { estimands } from './estimands.js';
import { fading } from './fading.js';
import { falseAlarmsOfLooking } from './false-alarms.js';
import { flipFlop } from './flip-flop.js';
import { intervalWidth } from './interval-width.js';
import { judge } from './judge.js';
import { matured } from './matured.js';
import { oneLook } from './one-look.js';
import { plan } from './plan.js';
import { quantileIntervals } from './quantile-intervals.js';
import { recommendation } from './recommendation.js';
import { sampleRatio } from './sample-ratio.js';
import { several } from './several.js';
import { traffic } from './traffic.js';
import { unitsNotEvents } from './units-not-events.js';

/** Every picture of `docs/pictures` by its file's name, as drawn from the product's own functions. */
export const pictures: Readonly<Record<string, () => string>> = {
  'best.svg': best,
  'changed-weights.svg': changedWeights,
  'covariate.svg': covariate,
  'estimands.svg': estimands,
  'fading.svg': fading,
  'false-alarms.svg': falseAlarmsOfLooking,
  'flip-flop.svg': flipFlop,
  'interval-width.svg': intervalWidth,
  'judge.svg': judge,
  'matured.svg': matured,
  'one-look.svg': oneLook,
  'plan.svg': plan,
  'quantile-intervals.svg': quantileIntervals,
  'recommendation.svg': recommendation,
  'sample-ratio.svg': sampleRatio,
  'several.svg': several,
  'traffic.svg': traffic,
  'units-not-events.svg': unitsNotEvents,
};
