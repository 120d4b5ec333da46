import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { violationsOf } from './accessibility.fixture.js';
import { painted } from './painted.fixture.js';
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
    (await server.call('GET', `/v1/experiments/${key}`)).body as {
      status: string;
      version: number;
      allocation: object;
    };
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

  it('stays with what it knows where looking again fails', async () => {
    await running('looked-in-vain');
    await context.route('**/v1/live', (route) => route.abort());
    const page = await open('looked-in-vain');
    await button(page, 'Pause').click();
    await ready(page).waitFor();
    await server.call('PATCH', '/v1/experiments/looked-in-vain', { admission: 'closed' });
    const unread = '**/v1/experiments/looked-in-vain';
    await page.route(unread, (route) => route.abort());
    await ready(page).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByText(/changed it meanwhile/).waitFor();
    await button(page, 'Look again').click();
    await dialog.getByText('The server does not answer.').waitFor();
    expect(await dialog.getByText(/changed it meanwhile/).count()).toBe(1);
    expect(await ready(page).count()).toBe(0);
    await page.unroute(unread);
    await button(page, 'Look again').click();
    await ready(page).click();
    await gone(page);
    expect((await statusOf('looked-in-vain')).status).toBe('paused');
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

  /** A bandit that a person has just replaced by fixed weights, which takes two requests to take back. */
  const replaced = async (key: string) => {
    await running(key);
    const allocation = { mode: 'bandit', reward: 'user_rating' };
    expect((await server.call('PUT', `/v1/experiments/${key}/allocation`, allocation)).status).toBe(200);
    const page = await open(key);
    await button(page, 'All actions…').click();
    await button(page, 'Change weights').click();
    await page.getByLabel('A person: fixed weights, to measure').check();
    await ready(page).click();
    await gone(page);
    expect((await statusOf(key)).allocation).toMatchObject({ mode: 'fixed' });
    await button(page, /^Undo: weights of before/).click();
    await ready(page).waitFor();
    return page;
  };

  it('does not take its own first step for somebody else’s', async () => {
    const page = await replaced('two-steps');
    const { version } = await statusOf('two-steps');
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let steps = 0;
    await page.route('**/two-steps/allocation', async (route) => {
      if ((steps += 1) === 2) await released;
      await route.continue();
    });
    const isNewer = async (response: Response) =>
      response.url().endsWith('/v1/experiments/two-steps') && (await response.json()).version > version;
    await Promise.all([page.waitForResponse(isNewer), ready(page).click()]);
    await painted(page);
    expect(steps).toBe(2);
    expect(await page.locator('dialog[open]').textContent()).not.toMatch(/meanwhile/);
    release();
    await gone(page);
    await page.getByText('Undone by: weights of before.').waitFor();
    expect((await statusOf('two-steps')).allocation).toMatchObject({ mode: 'bandit' });
  });

  it('offers the rest of an undo that stopped half way', async () => {
    const page = await replaced('half-way');
    let steps = 0;
    await page.route('**/half-way/allocation', (route) =>
      (steps += 1) === 2 ? route.abort() : route.continue(),
    );
    await ready(page).click();
    await gone(page);
    await page.getByText(/^Taken back in part only\. .* Still to be done: bandit of before\.$/).waitFor();
    await button(page, /^Undo: bandit of before/).click();
    await ready(page).click();
    await gone(page);
    await page.getByText('Undone by: bandit of before.').waitFor();
    expect((await statusOf('half-way')).allocation).toMatchObject({ mode: 'bandit' });
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
