import { asksForDryRun, refuseDryRun } from '../../../src/operations/dry-run/dry-run.js';

describe('asking for a dry run', () => {
  it('takes true, false and nothing', () => {
    const answers = [{ dryRun: 'true' }, { dryRun: 'false' }, {}, { unit: 'u1' }, null, undefined];
    expect(answers.map(asksForDryRun)).toEqual([true, false, false, false, false, false]);
  });

  it.each(['TRUE', '1', '', 'yes', ['true', 'true']])('refuses the value %j', (dryRun) => {
    expect(() => asksForDryRun({ dryRun })).toThrow('The query parameter dryRun is');
  });

  it.each(['dryrun', 'DryRun', 'DRYRUN', 'dry_run', 'dry-run', 'dryRun[]', 'dryRun[a]'])(
    'refuses the spelling %j, by which the write would really be done',
    (name) => {
      for (const ask of [asksForDryRun, refuseDryRun]) {
        expect(() => ask({ [name]: 'true' })).toThrow(`is spelt "${name}" here; write dryRun=true`);
      }
    },
  );
});
