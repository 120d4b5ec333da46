import { adaptiveKinds } from './kinds/adaptive.js';
import { covariateKinds } from './kinds/covariates.js';
import { differenceKinds } from './kinds/differences.js';
import { distributionKinds } from './kinds/distributions.js';
import type { Answers } from './kinds/kind.js';
import { multipleKinds } from './kinds/multiple.js';
import { posteriorKinds } from './kinds/posteriors.js';
import { powerKinds } from './kinds/power.js';
import { proportionKinds } from './kinds/proportions.js';
import { quantileKinds } from './kinds/quantiles.js';
import { sampleRatioKinds } from './kinds/sample-ratio.js';
import { sequentialKinds } from './kinds/sequential.js';
import { disagreements, referenceCases } from './reference-cases.js';

const answers: Answers = {
  ...adaptiveKinds,
  ...covariateKinds,
  ...differenceKinds,
  ...distributionKinds,
  ...multipleKinds,
  ...posteriorKinds,
  ...powerKinds,
  ...proportionKinds,
  ...quantileKinds,
  ...sampleRatioKinds,
  ...sequentialKinds,
};

const families: readonly (readonly [file: string, cases: number])[] = [
  ['adaptive', 5],
  ['bayes', 12],
  ['cuped', 7],
  ['distributions', 314],
  ['evalues', 14],
  ['group_sequential', 37],
  ['icc', 4],
  ['multiple', 9],
  ['pbest', 19],
  ['power', 22],
  ['ppi', 6],
  ['proportions', 5],
  ['quantile', 9],
  ['ratio_delta', 12],
  ['sequential', 8],
  ['srm', 13],
  ['welch', 32],
];

describe.each(families)('reference cases of %s', (file, count) => {
  const cases = referenceCases(file);

  it(`are ${count}, each of a kind that is answered`, () => {
    expect(cases).toHaveLength(count);
    expect(cases.filter(({ kind }) => answers[kind] === undefined)).toEqual([]);
  });

  it.each(cases.map((reference) => [reference.id, reference] as const))('%s agrees', (_, reference) => {
    const answer = answers[reference.kind]?.(reference.inputs as never);
    expect(disagreements(answer, reference)).toEqual([]);
  });
});
