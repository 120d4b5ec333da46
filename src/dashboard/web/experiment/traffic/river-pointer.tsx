import type { EpochView } from '../../api/contract.js';
import { epochPlace } from './cause-words.js';
import { placeAt } from './river-layout.js';
import { xOf, type RiverFrame } from './river-drawing.js';
import { shownOf, type EpochChoice } from './use-epoch-choice.js';

export interface RiverPointerProps {
  readonly frame: RiverFrame;
  /** Oldest first. */
  readonly epochs: readonly EpochView[];
  /** When each of them begins. */
  readonly starts: readonly number[];
  readonly choice: EpochChoice;
}

/** Lies over the river: points at an epoch with the mouse, a finger or the keys. */
export function RiverPointer({ frame, epochs, starts, choice }: RiverPointerProps) {
  const shown = shownOf(choice);
  const epoch = epochs[shown];
  const { left, right, top, bottom, from, until } = frame;
  const instantOf = (event: PointerEvent | MouseEvent) => {
    const { x } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const along = (event.clientX - x) / Math.max(1, right - left);
    return from + Math.min(1, Math.max(0, along)) * (until - from);
  };
  const steer = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, shown, starts.length);
    if (to === null) return;
    event.preventDefault();
    choice.choose(to);
  };
  const start = xOf(frame, starts[shown] ?? from);
  const end = xOf(frame, starts[shown + 1] ?? until);
  const place = {
    left: `${left}px`,
    width: `${right - left}px`,
    height: `${bottom}px`,
  };
  return (
    <div
      class="river-pointer"
      style={place}
      tabIndex={0}
      role="slider"
      aria-label="Weight epochs"
      aria-valuemin={1}
      aria-valuemax={starts.length}
      aria-valuenow={shown + 1}
      aria-valuetext={epoch && epochPlace(shown, epochs.length, epoch)}
      onPointerMove={(event) => (choice.pointed.value = placeAt(starts, instantOf(event)))}
      onPointerLeave={() => (choice.pointed.value = null)}
      onClick={(event) => choice.choose(placeAt(starts, instantOf(event)))}
      onKeyDown={steer}
    >
      <div
        class="river-shown"
        style={{
          transform: `translateX(${start - left}px)`,
          width: `${Math.max(2, end - start)}px`,
          top: `${top}px`,
          height: `${bottom - top}px`,
        }}
      />
    </div>
  );
}

function placeAfter(key: string, shown: number, count: number): number | null {
  const leap = Math.max(1, Math.round(count / 20));
  const to = {
    ArrowLeft: shown - 1,
    ArrowDown: shown - 1,
    ArrowRight: shown + 1,
    ArrowUp: shown + 1,
    PageDown: shown - leap,
    PageUp: shown + leap,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}
