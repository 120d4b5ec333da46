import { randomInt } from 'node:crypto';

/** Total rows each process adds to; a number shared by two processes costs them a wait, never a count. */
export const writerNumber = randomInt(0, 64);
