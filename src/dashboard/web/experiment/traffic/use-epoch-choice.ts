import { useSignal, type Signal } from '@preact/signals';
import type { EpochView } from '../../api/contract.js';
import { hrefOf, navigate, useRoute } from '../../shell/router.js';
import { placeAt } from './river-layout.js';

/** Which epoch is shown. Pointing at one draws nothing anew but what reads `pointed`. */
export interface EpochChoice {
  /** Place of the epoch that is pointed at just now; null = none. */
  readonly pointed: Signal<number | null>;
  /** Place of the epoch that is shown while none is pointed at. */
  readonly chosen: number;
  /** What was chosen last by hand, to be read aloud; null before. */
  readonly spoken: number | null;
  readonly choose: (place: number) => void;
}

/** The choice is in the address, as `?at=`; without one the present epoch is shown. */
export function useEpochChoice(
  key: string,
  epochs: readonly EpochView[],
  starts: readonly number[],
): EpochChoice {
  const asked = Date.parse(useRoute().query.get('at') ?? '');
  const pointed = useSignal<number | null>(null);
  const spoken = useSignal<number | null>(null);
  return {
    pointed,
    chosen: Number.isNaN(asked) ? epochs.length - 1 : placeAt(starts, asked),
    spoken: spoken.value,
    choose: (place) => {
      const epoch = epochs[place];
      if (!epoch) return;
      pointed.value = null;
      spoken.value = place;
      navigate(hrefOf(['experiments', key, 'traffic'], { at: epoch.startedAt }), { replace: true });
    },
  };
}

/** Place of the epoch to show; whoever reads it is drawn anew when another is pointed at. */
export function shownOf({ pointed, chosen }: EpochChoice): number {
  return pointed.value ?? chosen;
}
