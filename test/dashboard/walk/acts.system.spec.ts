import type { Browser, BrowserContext, Page } from 'playwright-core';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { violationsOf } from './accessibility.fixture.js';
import { startWalkServer, type WalkServer } from './walk-server.fixture.js';

needsBrowser('acting on the page', () => {
  let server: WalkServer;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    server = await startWalkServer();
    browser = await startBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
    context.setDefaultTimeout(15_000);
  });
  afterEach(() => context.close());

  const running = async (key: string) => {
    const variants = ['control', 'treatment'].map((name) => ({ key: name, config: { systemPrompt: name } }));
    const definition = { key, control: 'control', variants, metrics: { primary: 'user_rating' } };
    const { status } = await server.call('POST', '/v1/experiments', definition);
    expect(status).toBe(201);
    await server.call('POST', `/v1/experiments/${key}/start`, {});
  };
  const open = async (key: string) => {
    const page = await context.newPage();
    await page.goto(`${server.url}/#/experiments/${key}`);
    await page.getByRole('button', { name: 'All actions…' }).waitFor();
    return page;
  };
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const statusOf = async (key: string) =>
    (await server.call('GET', `/v1/experiments/${key}`)).body as { status: string; allocation: object };
  const ready = (page: Page) => page.locator('dialog[open] button.primary[aria-disabled="false"]');
  const gone = (page: Page) => page.locator('dialog[open]').waitFor({ state: 'detached' });

  it('does nothing to what somebody changed meanwhile before it was looked at again', async () => {
    await running('two-tabs');
    // A tab that does not hear of changes, as behind some proxies.
    await context.route('**/v1/live', (route) => route.abort());
    const page = await open('two-tabs');
    await button(page, 'Pause').click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('Reason').fill('It is late.');
    await page.waitForResponse((response) => response.url().includes('dryRun') && response.ok());
    await ready(page).waitFor();
    const { status } = await server.call('PATCH', '/v1/experiments/two-tabs', { admission: 'closed' });
    expect(status).toBe(200);
    await ready(page).click();
    await dialog.getByText(/changed it meanwhile/).waitFor();
    expect(await dialog.textContent()).not.toMatch(/If-Match|version|undefined/);
    await dialog.locator('button.primary[aria-disabled="true"]').waitFor();
    await dialog.getByText('Somebody changed it meanwhile: new units from let in to not let in.').waitFor();
    await dialog.getByLabel('Reason').press('Enter');
    expect((await statusOf('two-tabs')).status).toBe('running');
    expect(await violationsOf(page)).toEqual([]);
    await button(page, 'Look again').click();
    await ready(page).waitFor();
    await page.waitForFunction(() => document.activeElement?.classList.contains('outlook'));
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('It is late.');
    await ready(page).click();
    await gone(page);
    expect((await statusOf('two-tabs')).status).toBe('paused');
  });

  it('shows what undoing would do before it does, and puts the notice away once it does not hold', async () => {
    await running('undone');
    const page = await open('undone');
    const pause = async () => {
      await button(page, 'Pause').click();
      await ready(page).click();
      await gone(page);
      await button(page, /^Undo: resume/).waitFor();
    };
    await pause();
    await page.locator('body').press('u');
    const dialog = page.getByRole('dialog', { name: /^Undo by: resume/ });
    await dialog.getByText('Units that have met a variant get it again').waitFor();
    expect((await statusOf('undone')).status).toBe('paused');
    expect(await violationsOf(page)).toEqual([]);
    await ready(page).focus();
    await page.keyboard.press('Enter');
    await gone(page);
    await page.getByText('Undone by: resume.').waitFor();
    expect((await statusOf('undone')).status).toBe('running');
    await pause();
    await server.call('POST', '/v1/experiments/undone/resume', { reason: 'go on' });
    await page.locator('.notice').waitFor({ state: 'detached' });
  });

  it('sets the segments of a bandit, in numbers that can be read', async () => {
    await running('segmented');
    const page = await open('segmented');
    await button(page, 'All actions…').click();
    await button(page, 'Change weights').click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('A bandit: more units to what earns more').check();
    await dialog.getByLabel('Floor, in percent').fill('2,5');
    await dialog.getByLabel('Attributes').fill('constructor');
    await dialog.locator('[data-pointer="/segments/attributes"] .fault').waitFor();
    await dialog.getByLabel('Attributes').fill('language, plan');
    await dialog.getByLabel('Units it takes').fill('1,000');
    await dialog.getByText('can be read as 1000 or as 1.000').first().waitFor();
    await dialog.getByLabel('Units it takes').fill('1000');
    await dialog.getByText('with segments by language and plan').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await ready(page).click();
    await gone(page);
    expect((await statusOf('segmented')).allocation).toMatchObject({
      floor: 0.025,
      segments: { attributes: ['language', 'plan'], minimumUnits: 1000 },
    });
  });
});
