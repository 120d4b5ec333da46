import fc from 'fast-check';
import { LinkedIds } from '../../../src/bucketing/links/linked-ids.js';
import { linkResult, planLink, type MetExperiment } from '../../../src/bucketing/links/plan-link.js';
import type { UnitLink } from '../../../src/bucketing/links/unit-link.js';

const met = (id: number, ...exposed: string[]): MetExperiment => ({
  id,
  key: `exp-${id}`,
  told: true,
  exposed: new Set(exposed),
});

/** Links of two ids, stored one after the other as the database would. */
class Links {
  readonly rows: UnitLink[] = [];

  link(firstId: string, unitId: string, ...experiments: MetExperiment[]) {
    const own = this.rows.filter((row) => row.unitId === firstId || row.unitId === unitId);
    const plan = planLink(firstId, unitId, own, experiments);
    this.rows.push(...plan);
    return linkResult(firstId, unitId, own, plan, experiments);
  }

  idIn(experimentId: number, unitId: string): string {
    return new LinkedIds(this.rows).idIn(experimentId, unitId);
  }
}

describe('two ids of one person', () => {
  it('are one everywhere, also where nobody was met yet', () => {
    const links = new Links();
    expect(links.link('visitor', 'user')).toEqual({ linked: [], apart: [] });
    expect(links.idIn(99, 'user')).toBe('visitor');
    expect(links.rows).toHaveLength(1);
  });

  it('stay apart only where the second had been exposed', () => {
    const links = new Links();
    const experiments = [met(1, 'visitor'), met(2, 'visitor', 'user'), met(3, 'user')];
    expect(links.link('visitor', 'user', ...experiments)).toEqual({
      linked: ['exp-1'],
      apart: ['exp-2', 'exp-3'],
    });
    expect([1, 2, 3, 4].map((id) => links.idIn(id, 'user'))).toEqual(['visitor', 'user', 'user', 'visitor']);
  });

  it('make a chain that ends at the very first, experiment by experiment', () => {
    const links = new Links();
    const experiments = [met(1, 'a'), met(2, 'a', 'b')];
    links.link('a', 'b', ...experiments);
    expect(links.link('b', 'c', ...experiments)).toEqual({ linked: ['exp-1', 'exp-2'], apart: [] });
    expect([1, 2, 3].map((id) => links.idIn(id, 'c'))).toEqual(['a', 'b', 'a']);
  });

  it('let a second visitor in only where nothing else was known', () => {
    const links = new Links();
    const experiments = [met(1, 'a', 'd'), met(2, 'd')];
    links.link('a', 'b', ...experiments);
    expect(links.link('d', 'b', ...experiments)).toEqual({ linked: ['exp-2'], apart: ['exp-1'] });
    expect([1, 2, 3].map((id) => links.idIn(id, 'b'))).toEqual(['a', 'd', 'a']);
    expect(links.rows).toContainEqual({ experimentId: 2, unitId: 'b', firstId: 'd' });
  });

  it('are not linked the other way round, nor twice', () => {
    const links = new Links();
    const first = links.link('a', 'b', met(1, 'a'));
    expect(links.link('a', 'b', met(1, 'a'))).toEqual(first);
    expect(links.link('b', 'a', met(1, 'a'))).toEqual(first);
    expect(links.rows).toHaveLength(1);
  });

  it('are told as apart where a link was refused', () => {
    const links = linkResult('d', 'b', [], [], [met(1, 'd')]);
    expect(links).toEqual({ linked: [], apart: ['exp-1'] });
  });

  const ids = ['a', 'b', 'c', 'd'];
  const pair = fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom(...ids))
    .filter(([one, other]) => one !== other);
  const step = fc.record({
    pair,
    serve: fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...ids)), { maxLength: 4 }),
  });

  it('never take a variant from whoever was exposed, and are told as they are', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const links = new Links();
        const exposed = [new Set<string>(), new Set<string>(), new Set<string>()];
        for (const {
          pair: [first, unit],
          serve,
        } of steps) {
          for (const [id, served] of serve) exposed[id]!.add(links.idIn(id, served));
          const before = exposed.map((_, id) => ({
            first: links.idIn(id, first),
            unit: links.idIn(id, unit),
          }));
          const result = links.link(first, unit, ...exposed.map((units, id) => met(id, ...units)));
          before.forEach((past, id) => {
            const now = links.idIn(id, unit);
            const units = exposed[id]!;
            if (units.has(past.unit)) expect(now).toBe(past.unit);
            else if (units.has(past.first)) expect(now).toBe(past.first);
            expect(result.linked.includes(`exp-${id}`)).toBe(units.has(past.first) && now === past.first);
            expect(links.idIn(id, first)).toBe(past.first);
          });
        }
      }),
    );
  });
});
