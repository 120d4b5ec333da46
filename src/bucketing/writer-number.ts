import { randomInt } from 'node:crypto';

/** How many numbers of writers there are; totals have a row for each at most. */
export const writerNumbers = 64;

/** Total rows each process adds to; a number shared by two processes costs them a wait, never a count. */
export const writerNumber = randomInt(0, writerNumbers);
