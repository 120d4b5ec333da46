import type { Story } from '../story.js';
import { storiesDecidedByFigures } from './decided-by-figures.js';
import { storiesOfMovingTraffic } from './moving-traffic.js';
import { storiesOfStopped } from './stopped.js';

/** Every experiment of the demo. */
export const allStories: readonly Story[] = [
  ...storiesDecidedByFigures,
  ...storiesOfMovingTraffic,
  ...storiesOfStopped,
];
