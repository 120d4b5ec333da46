import type { Experiment } from '../experiments/experiment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { precisionLoss, type PrecisionLoss } from './precision-loss.js';

type Mode = Experiment['allocation']['mode'];

/** A change between fixed weights and a bandit while the test ran. */
export interface ModeSwitch {
  readonly to: Mode;
  readonly at: Date;
}

interface Allocated {
  readonly action: string;
  readonly at: Date;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/**
 * When the mode was switched, oldest first; new settings of the same mode are no switch.
 *
 * @example modeSwitches(decisions); // [{ to: 'bandit', at }, { to: 'fixed', at }]
 */
export function modeSwitches(decisions: readonly Allocated[]): ModeSwitch[] {
  return decisions
    .flatMap(({ action, at, evidence }) => {
      const to = /^allocate: (fixed|bandit)$/.exec(action)?.[1] as Mode | undefined;
      const before = (evidence?.['before'] as { readonly mode?: Mode } | undefined)?.mode;
      return to !== undefined && before !== undefined && before !== to ? [{ to, at }] : [];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/**
 * The switches and what they cost, as a sentence for the report; null without any.
 *
 * @param unitsOf units exposed in the epoch of that number
 * @example switchedModes(experiment, epochs, decisions, unitsOf); // 'The mode was switched to bandit on 2026-01-08. …'
 */
export function switchedModes(
  { control }: Pick<Experiment, 'control'>,
  epochs: readonly Pick<WeightEpoch, 'number' | 'weights'>[],
  decisions: readonly Allocated[],
  unitsOf: (epoch: number) => number,
): string | null {
  const switches = modeSwitches(decisions);
  if (switches.length === 0) return null;
  const when = switches.map(({ to, at }) => `to ${to} on ${at.toISOString().slice(0, 10)}`).join(', ');
  return `The mode was switched ${when}. ${lossSentence(precisionLoss(control, epochs, unitsOf))}`;
}

/** Differences of less are not worth a figure. */
const hardlyAny = 0.005;

function lossSentence(loss: PrecisionLoss | null): string {
  if (!loss) return 'What that costs in precision is known once units come.';
  const { variant, widthRatio, unitsShare } = loss;
  if (widthRatio === Infinity) return `It leaves no unit with which to compare ${variant} with control.`;
  if (widthRatio < 1 + hardlyAny) return 'So far that costs no precision.';
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  return (
    `Expected loss of precision so far: intervals of ${variant} against control are ${percent(widthRatio - 1)} wider than under the weights ` +
    `at the start, as if ${percent(1 - unitsShare)} of the units had not come. A fixed split measures, a bandit earns.`
  );
}
