import type { Browser, Page } from 'playwright-core';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { violationsOf } from './accessibility.fixture.js';
import { framesWhile, scrollThrough } from './frames.fixture.js';
import { longHistory } from './long-history.js';
import { startDemoProcess, type DemoProcess } from './demo-process.fixture.js';
import { pages } from './pages.js';

// One demo for all of it: its weeks take a while.
describe('npm run demo', () => {
  let demo: DemoProcess;
  beforeAll(async () => {
    demo = await startDemoProcess(['--no-traffic', '--experiments', '100']);
  }, 400_000);
  afterAll(() => demo?.stop());

  const get = async (path: string) => {
    const answer = await fetch(`${demo.url}/v1/${path}`);
    expect(answer.status).toBe(200);
    return JSON.parse(await answer.text());
  };

  it('has an experiment in every state that the page shows', async () => {
    const { experiments } = await get('experiments?limit=200');
    const states = Object.fromEntries(
      experiments.map(({ key, status }: { key: string; status: string }) => [key, status]),
    );
    expect(states).toMatchObject({
      'ticket-summary': 'running',
      'code-review': 'paused',
      'product-description': 'rolling-out',
      'contract-clauses': 'killed',
      translation: 'concluded',
      'faq-answers': 'draft',
    });
    expect((await get('experiments/onboarding-mail')).coverage).toBe(25);
  });

  it.each([
    ['ticket-summary', 'SHIP'],
    ['search-answers', 'SHIP_CHEAPER'],
    ['chat-greeting', 'FIX_DATA'],
    ['meeting-notes', 'CONTINUE'],
  ])('comes to its own end in %s: %s', async (key, action) => {
    expect((await get(`experiments/${key}/results`)).recommendation).toMatchObject({ action });
  });

  it('has a history: epochs, looks, decisions, guardrails, answers, scores and labels', async () => {
    expect((await get('experiments/reply-tone/epochs')).epochs.length).toBeGreaterThan(10);
    expect((await get('experiments/ticket-summary/results/series')).looks.length).toBeGreaterThan(7);
    const { decisions } = await get('experiments/code-review/decisions');
    expect(decisions[0]).toMatchObject({ actor: 'guardrail', action: 'pause' });
    const { generations } = await get('experiments/ticket-summary/generations?limit=100');
    expect(generations.length).toBeGreaterThan(50);
    expect(generations[0].response).toMatch(/^\[simulated /);
    const judge = await get('experiments/ticket-summary/judge');
    expect(JSON.stringify(judge)).toContain('judged_score');
  });

  it('has nothing done by an answer that failed', async () => {
    const { generations } = await get(
      'experiments/ticket-summary/generations?outcome=failed&measured=true&limit=100',
    );
    expect(generations.length).toBeGreaterThan(0);
    for (const { measured, response } of generations) {
      const metrics = measured.map(({ metric }: { metric: string }) => metric);
      expect(metrics).toContain('error');
      expect(metrics).not.toContain('task_completed');
      expect(response ?? '').toBe('');
    }
  });

  needsBrowser('every page of it', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(() => browser?.close());

    /** The page at that address once it shows what it was asked for. */
    const open = async (page: Page, address: string) => {
      await page.goto(`${demo.url}/${address}`);
      await page.locator('main h1').first().waitFor();
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
      await page.waitForTimeout(150);
    };

    it.each(['light', 'dark'] as const)(
      'has no fault that axe-core finds, %s',
      async (colorScheme) => {
        const page = await browser.newPage({
          colorScheme,
          reducedMotion: 'reduce',
          viewport: { width: 1280, height: 900 },
        });
        const faults: string[] = [];
        for (const address of pages) {
          await open(page, address);
          for (const violation of await violationsOf(page)) faults.push(`${address} ${violation}`);
        }
        await page.close();
        expect(faults).toEqual([]);
      },
      240_000,
    );

    it('never scrolls sideways as a whole at 320 pixels', async () => {
      const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
      const wide: string[] = [];
      for (const address of pages) {
        await open(page, address);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 320) wide.push(`${address}: ${width}`);
      }
      await page.close();
      expect(wide).toEqual([]);
    }, 240_000);

    it('prints its tables whole, on the width of a page', async () => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      await open(page, '#/experiments/ticket-summary/overview');
      const tables = page.getByRole('button', { name: /as a table$/ });
      await tables.nth(5).waitFor();
      for (const table of await tables.all()) await table.click();
      await page.emulateMedia({ media: 'print' });
      // A4 without its margins, at 96 pixels an inch.
      await page.setViewportSize({ width: 718, height: 1000 });
      const cutOff = await page.evaluate(() =>
        [...document.querySelectorAll('main, main *')]
          .filter((part) => /auto|scroll|hidden/.test(getComputedStyle(part).overflowX))
          .filter((part) => part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1)
          .map((part) => part.className),
      );
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      await page.close();
      expect({ cutOff, isWide }).toEqual({ cutOff: [], isWide: false });
    }, 60_000);

    it('lists behind a chart the very figures that the API gives', async () => {
      const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
      await open(page, '#/experiments/search-answers/overview');
      await page.getByRole('button', { name: /^Leaderboard: .* as a table$/ }).click();
      const table = page.getByRole('region', { name: /^Leaderboard: / });
      const shown = await table
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
      const titles = await table.locator('thead th').allTextContents();
      const answer = await fetch(`${demo.url}/v1/experiments/search-answers/results`);
      const report = JSON.parse(await answer.text());
      const units = (row: readonly string[]) =>
        Number(row[titles.indexOf('Exposed units')]?.replace(/\D/g, ''));
      const shownUnits = Object.fromEntries(shown.map((row) => [row[0], units(row)]));
      expect(shownUnits).toEqual(
        Object.fromEntries(
          report.variants.map(({ key, units: count }: { key: string; units: number }) => [key, count]),
        ),
      );
      const text = shown.flat().join(' ');
      for (const { mean } of report.metrics[0].variants) expect(text).toContain(mean.toPrecision(3));
      await page.close();
    }, 60_000);

    it('is quick: printed, held against no bar here', async () => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const begun = performance.now();
      await page.goto(`${demo.url}/#/`);
      await page.locator('[data-key]').first().waitFor();
      const interactive = Math.round(performance.now() - begun);
      expect(await page.locator('[data-key]').count()).toBeGreaterThanOrEqual(100);
      const list = await framesWhile(page, () => scrollThrough(page));
      await page.route('**/epochs*', async (route) => {
        const response = await route.fetch();
        const body = (await response.json()) as { epochs: Parameters<typeof longHistory>[0] };
        await route.fulfill({
          response,
          json: { ...body, epochs: longHistory(body.epochs, 730), cursor: null },
        });
      });
      const traffic = await framesWhile(page, async () => {
        await open(page, '#/experiments/reply-tone/traffic');
        await scrollThrough(page);
      });
      await page.close();
      console.log(JSON.stringify({ interactiveMilliseconds: interactive, list, trafficOfTwoYears: traffic }));
      expect(list.count).toBeGreaterThan(10);
      expect(traffic.count).toBeGreaterThan(10);
    }, 120_000);
  });
});
