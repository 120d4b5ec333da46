/** Which tests run: `npm test` sets nothing, the other scripts name their suite; the file's suffix says where a test belongs. */
const suites = {
  default: '(?<!\\.(reference|services|system|simulation|faults))\\.spec\\.ts$',
  // Whole processes and tools: started, killed, restarted, given whole projects; they take their time.
  system: '\\.system\\.spec\\.ts$',
  reference: '\\.reference\\.spec\\.ts$',
  // Statistics under thousands of simulated experiments; minutes of arithmetic.
  simulation: '\\.simulation\\.spec\\.ts$',
  // Whole processes, and services of their own that are killed, frozen, slowed and filled; tens of minutes.
  faults: '\\.faults\\.spec\\.ts$',
  // The same end-to-end and store tests on a real PostgreSQL and Redis, and what needs these to be real.
  services: '(/e2e/.*(?<!\\.reference)|\\.store(\\.system)?|\\.services)\\.spec\\.ts$',
};
const suite = process.env.TEST_SUITE ?? 'default';

/** Simulations print tables of their own, and need their arithmetic at full speed. */
const simulation = {
  reporters: [['summary', { summaryThreshold: 0 }]],
  transform: { '(\\.ts|/@stdlib/.*\\.js)$': '<rootDir>/test/statistics/bars/local-globals.cjs' },
  transformIgnorePatterns: ['/node_modules/(?!@stdlib/)'],
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testRegex: suites[suite],
  extensionsToTreatAsEsm: ['.ts'],
  resolver: '<rootDir>/jest.resolver.cjs',
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  testTimeout: 30_000,
  // Faults are timed, so they come one after the other.
  maxWorkers: suite === 'faults' ? 1 : 2,
  // A suite whose server fails to start leaves an open database behind; its failure must not become a hang.
  forceExit: true,
  ...(suite === 'simulation' ? simulation : {}),
};
