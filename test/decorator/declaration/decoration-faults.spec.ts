import { decorationFaults } from '../../../src/decorator/declaration/decoration-faults.js';

const method = (keys: string[], variantParameters: (string | null)[]) => ({
  kind: 'controllers' as const,
  place: 'A.b',
  uses: keys.map((key) => ({ key })),
  variantParameters,
});

it.each<[string[], (string | null)[]]>([
  [['x'], []],
  [['x'], [null]],
  [['x'], ['x', null]],
  [['x', 'y'], ['y']],
])('experiments %p with variants of %p can work', (keys, parameters) => {
  expect(decorationFaults(method(keys, parameters))).toEqual([]);
});

it.each<[string[], (string | null)[], RegExp]>([
  [[], [null], /no @Experiment; add it/],
  [['x', 'x'], [], /@Experiment\("x"\) twice/],
  [['x', 'y'], [null], /under x, y; say which: @Variant\("x"\)/],
  [['x'], ['z'], /@Variant\("z"\), but its experiments are x/],
])('experiments %p with variants of %p cannot', (keys, parameters, message) => {
  expect(decorationFaults(method(keys, parameters))).toEqual([expect.stringMatching(message)]);
});
