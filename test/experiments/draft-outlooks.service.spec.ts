import { Logger } from '@nestjs/common';
import { DraftOutlooks, type DraftOutlook } from '../../src/experiments/draft-outlooks.service.js';
import type { DraftWarning } from '../../src/experiments/draft-warnings.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const warning: DraftWarning = { code: 'CANNOT_CONCLUDE', message: 'It would take 300 days.' };
const draft = experimentWith({ status: 'draft' });

function outlooksOf(...answers: (() => Promise<readonly DraftWarning[]>)[]): DraftOutlooks {
  const outlooks = new DraftOutlooks();
  for (const warnings of answers) outlooks.add({ warnings } satisfies DraftOutlook);
  return outlooks;
}

describe('what past data say of a draft', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['error', 'warn', 'log']));

  it('is told of drafts alone', async () => {
    const outlooks = outlooksOf(() => Promise.resolve([warning]));
    expect(await outlooks.warnings(draft)).toEqual([warning]);
    for (const status of ['scheduled', 'running', 'concluded', 'imported'] as const)
      expect(await outlooks.warnings(experimentWith({ status }))).toEqual([]);
  });

  it('is nothing where it fails or takes too long, and the rest is told all the same', async () => {
    const outlooks = outlooksOf(
      () => Promise.reject(new Error('the database is away')),
      () => new Promise(() => undefined),
      () => Promise.resolve([warning]),
      () => {
        throw new Error('a mistake');
      },
    );
    expect(await outlooks.warnings(draft, 5)).toEqual([warning]);
  });

  it('is nothing while nobody can tell', async () => {
    expect(await new DraftOutlooks().warnings(draft)).toEqual([]);
  });
});
