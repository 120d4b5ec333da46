import { existsSync } from 'node:fs';
import {
  codesOf,
  deviationCodes,
  draftWarningCodes,
  errorCodes,
  pathOf,
  recommendedActions,
  sectionOf,
  tablesOf,
  textOf,
  unionOf,
  warningCodes,
} from './pages.js';
import { symptoms } from './symptoms.js';

const page = textOf('docs/troubleshooting.md');
const headings = (text: string) => [...text.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);

describe('docs/troubleshooting.md', () => {
  it('has the five symptoms of the reference article', () => {
    expect(headings(sectionOf(page, 'Symptoms of an experiment'))).toEqual(Object.values(symptoms));
  });

  it('names no code, variable or action that does not exist', () => {
    const variables = [...textOf('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = '']) => name);
    const known = new Set([
      ...errorCodes(),
      ...warningCodes(),
      ...draftWarningCodes(),
      ...deviationCodes(),
      ...recommendedActions(),
      ...variables,
    ]);
    const named = codesOf(page).filter((code) => /^[A-Z][A-Z_]{3,}$/.test(code));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((code) => !known.has(code))).toEqual([]);
    const [refusals = []] = tablesOf(sectionOf(page, 'Codes of refused requests'));
    expect(refusals.filter((code) => !errorCodes().includes(code))).toEqual([]);
  });

  it('explains every reason for which the fallback is served', () => {
    const reasons = unionOf('src/bucketing/assignment.ts', /type AssignmentReason =/);
    // A variant is served for these.
    const served = ['split', 'pinned', 'rollout', 'shipped', 'forced'];
    const named = codesOf(sectionOf(page, '`variant` is `null`'));
    expect(reasons.filter((reason) => !served.includes(reason) && !named.includes(reason))).toEqual([]);
  });

  it.each(['docs/troubleshooting.md', 'docs/statistics.md'])(
    'and %s have links that lead somewhere',
    (name) => {
      const text = textOf(name);
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
      const anchorsOf = (target: string) =>
        [...target.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
          heading
            .toLowerCase()
            .replaceAll(/[^\w -]/g, '')
            .replaceAll(' ', '-'),
        );
      for (const link of links) {
        const [path = '', anchor] = link.split('#');
        const file = path === '' ? name : `docs/${path}`;
        expect({ link, found: existsSync(pathOf(file)) }).toEqual({ link, found: true });
        if (anchor !== undefined) expect(anchorsOf(textOf(file))).toContain(anchor);
      }
    },
  );
});
