import type { Browser, Locator, Page } from 'playwright-core';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { violationsOf } from './accessibility.fixture.js';
import { painted } from './painted.fixture.js';
import { startWalkServer, type WalkServer } from './walk-server.fixture.js';

needsBrowser('the wizard', () => {
  let server: WalkServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    server = await startWalkServer();
    browser = await startBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  const open = async (address: string, locale = 'en-US') => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale });
    context.setDefaultTimeout(15_000);
    page = await context.newPage();
    await page.goto(`${server.url}/${address}`);
    await page.getByRole('heading', { name: 'New experiment' }).waitFor();
  };
  afterEach(() => page.context().close());

  const field = (label: string) => page.getByLabel(label, { exact: true });
  const faultOf = (pointer: string) => page.locator(`[data-pointer="${pointer}"] .fault`);
  const part = (name: string) => page.locator('.progress button', { hasText: name });
  const create = () => page.getByRole('button', { name: 'Create the draft' }).click();
  const gone = (what: Locator) => what.waitFor({ state: 'detached' });
  const fillIn = async (key: string) => {
    await field('Key').first().fill(key);
    await field('System prompt').nth(1).fill('Answer in one sentence.');
    await page.getByRole('combobox', { name: /^Primary: decides/ }).selectOption('user_rating');
  };

  it('shows what it cannot read beside what the server refuses, and each goes with its cause', async () => {
    await open('#/new');
    await fillIn('two words');
    await field('Coverage, in %').fill('most');
    await faultOf('/coverage').waitFor();
    await faultOf('/key').waitFor();
    await create();
    const summary = page.locator('[role="alert"].note-bad');
    await summary.getByText('/coverage').waitFor();
    await summary.getByText('/key', { exact: true }).waitFor();
    await field('Coverage, in %').fill('50');
    await gone(faultOf('/coverage'));
    await faultOf('/key').waitFor();
    await field('Key').first().fill('one_word');
    await gone(faultOf('/key'));
    await gone(summary);
    await page.getByText('The server would take this').waitFor();
  });

  it('holds nothing against a draft that nobody has touched, nor what was put right', async () => {
    await open('#/new');
    const tried = () => page.waitForResponse(/dryRun=true$/);
    await Promise.all([tried(), page.reload()]);
    await painted(page);
    await part('What and why').getByText('no key yet').waitFor();
    expect(await page.locator('form.draft .fault, form.draft [aria-invalid]').count()).toBe(0);
    await fillIn('put-right');
    await page.getByText('The server would take this').waitFor();
    await field('Weight').first().fill('abc');
    await create();
    await faultOf('/variants/0/weight').waitFor();
    await field('Weight').first().fill('');
    await gone(faultOf('/variants/0/weight'));
    await Promise.all([tried(), field('Key').first().fill('')]);
    await painted(page);
    await part('What and why').getByText('no key yet').waitFor();
    expect(await faultOf('/key').count()).toBe(0);
  });

  it('knows after a reload which part has broken JSON', async () => {
    await open('#/new');
    await fillIn('broken');
    await field('Judge: by what a model scores the answers').fill('Is it true?');
    await field('Other choices of the judge (JSON)').fill('{"scale":');
    await page.getByText('Kept in this tab.').waitFor();
    await page.reload();
    await faultOf('/judge').waitFor();
    await part('Budget, judge, more').getByText('something is to be changed').waitFor();
  });

  it('asks for a prompt version and for what is known of a unit before', async () => {
    await open('#/new');
    await fillIn('known-before');
    await field('Prompt version').nth(1).fill('v7');
    await page.getByLabel('Known of a unit before').selectOption('metric');
    await part('Metrics').getByText('no metric is named').waitFor();
    await page.getByLabel('Metric of before').fill('user_rating');
    expect(await violationsOf(page)).toEqual([]);
    await create();
    await page.getByRole('heading', { name: 'The draft is there' }).waitFor();
    const { body } = await server.call('GET', '/v1/experiments/known-before');
    expect(body.metrics.covariate).toEqual({ metric: 'user_rating', before: 'P28D' });
    expect(body.variants[1].promptVersion).toBe('v7');
  });

  it('begins empty where there is no experiment to begin with, and says so', async () => {
    await open('#/new?from=nope');
    await page.getByText('There is no experiment “nope”. Start from an empty draft.').waitFor();
    expect(await field('Key').first().inputValue()).toBe('');
    expect(await page.getByText('/v1/').count()).toBe(0);
  });

  it('takes numbers as its reader writes them', async () => {
    await open('#/new', 'de-DE');
    await fillIn('with-a-comma');
    await field('Smallest difference worth finding').fill('0,2');
    await field('Margin').fill('1.500');
    await faultOf('/metrics/margin').getByText('can be read as 1500 or as 1,500').waitFor();
    await field('Margin').fill('0.1');
    await gone(faultOf('/metrics/margin'));
    await create();
    await page.getByRole('heading', { name: 'The draft is there' }).waitFor();
    const { body } = await server.call('GET', '/v1/experiments/with-a-comma');
    expect(body.metrics).toMatchObject({ minimumEffect: 0.2, margin: 0.1 });
    await open('#/new?from=with-a-comma', 'de-DE');
    expect(await field('Smallest difference worth finding').inputValue()).toBe('0,2');
  });
});
