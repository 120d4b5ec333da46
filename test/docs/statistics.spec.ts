import { startServer, type StartedServer } from '../e2e/server.fixture.js';
import { planned, ratingReport } from '../analysis/report-fixtures.js';
import {
  codesOf,
  deviationCodes,
  draftWarningCodes,
  jsonOf,
  recommendedActions,
  sectionOf,
  tablesOf,
  textOf,
  unionOf,
  warningCodes,
} from './pages.js';

const page = textOf('docs/statistics.md');

/** The codes in bold at the beginning of list items. */
function itemsOf(text: string): string[] {
  return [...text.matchAll(/^(?:\d+\.|-) \*\*`([^`]+)`\*\*/gm)].map(([, code = '']) => code);
}

describe('docs/statistics.md', () => {
  it('explains every warning of reports and of drafts, and no others', () => {
    const [ofReports, ofDrafts] = tablesOf(sectionOf(page, 'Every warning'));
    expect([...(ofReports ?? [])].sort()).toEqual(warningCodes().sort());
    expect([...(ofDrafts ?? [])].sort()).toEqual(draftWarningCodes().sort());
  });

  it('explains every deviation', () => {
    const [codes] = tablesOf(sectionOf(page, 'Registration'));
    expect([...(codes ?? [])].sort()).toEqual(deviationCodes().sort());
  });

  it('has every recommendation, kind of metric and method in its lists', () => {
    const actions = itemsOf(sectionOf(page, 'The recommendation'));
    expect(new Set(actions)).toEqual(new Set(recommendedActions()));
    const [kinds] = tablesOf(sectionOf(page, 'What is estimated'));
    expect(new Set(kinds)).toEqual(new Set(unionOf('src/catalogue/metric.ts', /type MetricKind =/)));
    const methods = itemsOf(sectionOf(page, 'Looking while it runs'));
    const source = 'src/analysis/comparison/sequential-memory.ts';
    expect(new Set(methods)).toEqual(new Set(unionOf(source, /type SequentialMethod =/)));
  });

  it('names every estimator but the plain one', () => {
    const estimators = unionOf('src/analysis/measurement/metric-evidence.ts', /type Estimator =/);
    const named = codesOf(page);
    expect(estimators.filter((name) => name !== 'units' && !named.includes(name))).toEqual([]);
  });

  it('shows a comparison with the fields that a report has', () => {
    const [shown] = jsonOf(sectionOf(page, 'One comparison, field by field'));
    const report = ratingReport(planned(), [600, 3.6, 1], [600, 3.9, 1]);
    const real = report.metrics[0]?.comparisons[0];
    expect(Object.keys(shown ?? {})).toEqual(Object.keys(real ?? {}));
    const fields = (of: unknown, part: 'relative' | 'sequential') =>
      Object.keys((of as Record<string, object>)[part] ?? {});
    for (const part of ['relative', 'sequential'] as const) {
      expect(fields(shown, part)).toEqual(fields(real, part));
    }
  });

  describe('its requests', () => {
    let server: StartedServer;
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server.close());

    it('are answered as it says', async () => {
      const [request, answer] = jsonOf(sectionOf(page, 'Planning'));
      expect(await server.call('POST', '/v1/plans', request)).toMatchObject({ status: 200, body: answer });
    });

    it('make a judged metric', async () => {
      const [judge] = jsonOf(sectionOf(page, "A judge's scores, corrected by people"));
      const expert = { ...judge, key: judge?.['labels'], labels: null };
      expect((await server.call('POST', '/v1/metrics', expert)).status).toBe(201);
      expect(await server.call('POST', '/v1/metrics', judge)).toMatchObject({ status: 201, body: judge });
    });
  });
});
