import { categoryGroups } from '../../../src/dashboard/web/experiment/metrics/categories.js';
import { metric, variantRow } from '../overview/reports.js';

describe('metrics by category', () => {
  it('keeps quality apart from engagement, and begins with what decides', () => {
    const groups = categoryGroups([
      metric('copied', null, { category: 'engagement', role: 'primary' }),
      metric('thumbs_up', null, { role: 'secondary' }),
      metric('user_rating', null),
    ]);
    expect(groups.map(({ category, measured }) => [category, measured.map(({ key }) => key)])).toEqual([
      ['quality', ['user_rating', 'thumbs_up']],
      ['engagement', ['copied']],
    ]);
  });

  it('gathers those of which nothing was recorded', () => {
    const silent = metric('error', null, {
      category: 'reliability',
      variants: [variantRow('control', null)],
    });
    expect(categoryGroups([silent])).toEqual([{ category: 'reliability', measured: [], silent: [silent] }]);
  });
});
