import { attentionOf, calmWords, concernsOf } from '../../../src/dashboard/web/list/attention.js';
import { item } from './overview-item.fixture.js';

const breached = {
  ...item,
  key: 'breached',
  guardrails: [{ name: 'error above 0.1', state: 'breached' as const }],
};
const shippable = { ...item, key: 'shippable', recommendation: { action: 'SHIP' as const, reason: '' } };
const harmful = { ...item, key: 'harmful', recommendation: { action: 'STOP_HARM' as const, reason: '' } };
const mismatched = {
  ...item,
  key: 'mismatched',
  health: { srm: true, warnings: 1 },
  recommendation: { action: 'FIX_DATA' as const, reason: '' },
};

describe('what needs somebody', () => {
  it('is nothing while all is well', () => {
    expect(concernsOf(item)).toEqual([]);
    expect(calmWords([item])).toBe('Nothing needs you: 1 running, none in trouble.');
    expect(calmWords([{ ...item, status: 'draft' }])).toBe('Nothing is running, and nothing needs you.');
  });

  it('tells the gravest first: harm, a breach, a mismatch, then what can be shipped', () => {
    const told = attentionOf([shippable, item, mismatched, breached, harmful]);
    expect(told.map(({ item: { key }, words }) => `${key} ${words}`)).toEqual([
      'harmful should be stopped, it does harm',
      'breached breached a guardrail',
      'mismatched has a sample ratio mismatch',
      'shippable can be shipped',
    ]);
  });

  it('names what is as good and cheaper, before what was killed', () => {
    const cheaper = { ...shippable, recommendation: { action: 'SHIP_CHEAPER' as const, reason: '' } };
    const told = attentionOf([{ ...item, status: 'killed' }, cheaper]);
    expect(told.map(({ words }) => words)).toEqual(['can be shipped: as good, and cheaper', 'is killed']);
  });

  it('tells an experiment once, for its gravest reason, a mismatch not also as data to be put right', () => {
    expect(concernsOf(mismatched)).toEqual(['srm']);
    expect(concernsOf({ ...breached, recommendation: harmful.recommendation })).toEqual(['harm', 'breach']);
    expect(attentionOf([{ ...breached, recommendation: harmful.recommendation }])).toHaveLength(1);
  });

  it('leaves alone what is over, or being rolled out already', () => {
    expect(concernsOf({ ...shippable, status: 'rolling-out' })).toEqual([]);
    expect(concernsOf({ ...breached, status: 'concluded' })).toEqual([]);
  });

  it('keeps a killed experiment in sight until it is resumed or archived', () => {
    expect(concernsOf({ ...item, status: 'killed' })).toEqual(['killed']);
  });
});
