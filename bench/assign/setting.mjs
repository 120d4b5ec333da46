import { Buffer } from 'node:buffer';

/** Key of the experiment of that number. */
export const keyOf = (number) => `exp-${String(number).padStart(6, '0')}`;

/** Keys of that many variants. */
export const variantsOf = (count) => Array.from({ length: count }, (_, number) => `v${number}`);

/** Ids of 13 characters, as flat strings of their own, which is how they come out of a request. */
export const unitsOf = (count, first = 0) =>
  Array.from({ length: count }, (_, number) =>
    Buffer.from(`user-${String(first + number).padStart(8, '0')}`).toString('latin1'),
  );
