import type { Browser, Page } from 'playwright-core';
import { answer } from '../answers/answer.fixture.js';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { painted } from './painted.fixture.js';
import { startWalkServer, type WalkServer } from './walk-server.fixture.js';

needsBrowser('the answers on the page', () => {
  let server: WalkServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    server = await startWalkServer();
    browser = await startBrowser();
    const variants = ['control', 'treatment'].map((key) => ({ key, config: {} }));
    const judge = { rubric: 'Is it true?', config: { model: 'claude-haiku-4-5' } };
    const definition = { key: 'told', control: 'control', variants, metrics: { primary: 'user_rating' } };
    expect((await server.call('POST', '/v1/experiments', { ...definition, judge })).status).toBe(201);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
    context.setDefaultTimeout(15_000);
    page = await context.newPage();
    await page.route('**/told/generations?*', (route) =>
      route.fulfill({ json: { generations: [{ ...answer, response: 'word '.repeat(400) }], cursor: null } }),
    );
    await page.goto(`${server.url}/#/experiments/told/answers`);
    await page.locator('.answer').first().waitFor();
  });
  afterEach(() => page.context().close());

  const isFocusKept = () =>
    page.waitForFunction(() => document.activeElement?.closest('.plain-text') !== null);

  it('unfold and fold without losing the place of whoever has no pointer', async () => {
    const text = page.locator('.answer').first();
    const more = text.getByRole('button', { name: /^Show .* more characters of the answer/ });
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    await more.press('Enter');
    await more.waitFor({ state: 'detached' });
    await painted(page);
    await isFocusKept();
    const fold = text.getByRole('button', { name: 'Fold the answer' });
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await fold.press('Enter');
    await fold.waitFor({ state: 'detached' });
    await painted(page);
    await isFocusKept();
  });

  it('are found by a score as their reader writes numbers', async () => {
    const score = page.getByLabel('Score from', { exact: true });
    await score.fill('viel');
    await score.press('Enter');
    await page.getByText('"viel" is no number; write one such as 0,5').waitFor();
    expect(page.url()).not.toContain('atLeast');
    await score.fill('2,5');
    await Promise.all([page.waitForRequest(/judgeScoreAtLeast=2\.5/), score.press('Enter')]);
    expect(page.url()).toContain('atLeast=2.5');
    await page.reload();
    await page.locator('.answer').first().waitFor();
    expect(await score.inputValue()).toBe('2,5');
  });
});
