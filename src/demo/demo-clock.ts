import type { Clock } from '../operations/clock.js';

/** The server's clock while its history is made up. */
export interface DemoClock {
  /** The present instant of the world outside. */
  present(): Date;
  /** Lets the server believe that it is that instant. */
  setTo(instant: Date): void;
  /** Back to the present, for good. */
  release(): void;
}

/** Takes the clock over, as long as weeks have to pass in seconds. */
export function takeOver(clock: Clock): DemoClock {
  const present = clock.now.bind(clock);
  let set: Date | null = null;
  clock.now = () => (set ? new Date(set) : present());
  return {
    present,
    setTo(instant) {
      set = instant;
    },
    release() {
      set = null;
    },
  };
}
