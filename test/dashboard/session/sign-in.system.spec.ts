/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PageFiles } from '../../../src/dashboard/page/page-files.client.js';
import { ApiKeyService } from '../../../src/operations/access/api-key.service.js';
import { startServer, type StartedServer } from '../../e2e/server.fixture.js';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { builtPage } from '../xss/built-page.fixture.js';

const adminKey = 'the-first-admin-key-of-this-server';
const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
};

needsBrowser('signing in, in a browser', () => {
  let server: StartedServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let port: string;
  const violations: string[] = [];

  beforeAll(async () => {
    const files = builtPage();
    server = await startServer({ ASSAY_ADMIN_KEY: adminKey });
    server.app.get(PageFiles, { strict: false }).find = files.find.bind(files);
    await server.app.listen(0, '127.0.0.1');
    port = new URL(await server.app.getUrl()).port;
    browser = await startBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ acceptDownloads: true });
    page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML/.test(message.text())) violations.push(message.text());
    });
  });
  afterEach(async () => {
    await context.close();
    expect(violations).toEqual([]);
  });

  const open = (host: string) => page.goto(`http://${host}:${port}/`, { waitUntil: 'domcontentloaded' });
  async function signIn(key: string): Promise<void> {
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  const signedIn = () => page.getByRole('button', { name: 'Sign out' }).waitFor({ timeout: 20_000 });

  it.each(['127.0.0.1', 'localhost'])(
    'is kept by plain http on %s, out of reach of scripts, until signing out',
    async (host) => {
      await open(host);
      await signIn(adminKey);
      await signedIn();
      await page.getByText(/as of/).first().waitFor({ timeout: 20_000 });
      const [cookie] = await context.cookies();
      expect(cookie).toMatchObject({
        name: '__Host-assay-session',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
      });
      expect(
        await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })),
      ).not.toMatch(/assay-session|first-admin-key/);
      await page.reload({ waitUntil: 'domcontentloaded' });
      await signedIn();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('API key').waitFor();
      expect(await context.cookies()).toEqual([]);
    },
    90_000,
  );

  it('leaves nothing of what was typed in any tab after signing out', async () => {
    await open('127.0.0.1');
    await signIn(adminKey);
    await signedIn();
    const type = async (tab: Page) => {
      await tab.goto(`http://127.0.0.1:${port}/#/new`);
      await tab.getByLabel('Hypothesis', { exact: true }).fill('Nobody else should read this.');
      await tab.getByText('Kept in this tab.').waitFor();
      expect(await kept(tab)).toContain('Nobody else');
    };
    const kept = (tab: Page) => tab.evaluate(() => JSON.stringify({ ...sessionStorage }));
    const other = await context.newPage();
    await type(other);
    await type(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [page, other]) {
      await tab.getByLabel('API key').waitFor();
      expect(await kept(tab)).toBe('{}');
    }
  }, 90_000);

  it('lets the page change things', async () => {
    await open('127.0.0.1');
    await signIn(adminKey);
    await signedIn();
    const status = await page.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch('v1/experiments', { method: 'POST', headers, body: JSON.stringify(body) }))
          .status;
      },
      { ...definition, key: 'exp_from_page' },
    );
    expect(status).toBe(201);
  }, 60_000);

  it('says why a key is refused', async () => {
    await open('127.0.0.1');
    await signIn('wrong');
    await page
      .getByText('This is no API key of this server, or it was revoked.')
      .waitFor({ timeout: 20_000 });
  }, 60_000);

  it('is asked for again when the key is revoked', async () => {
    const keys = server.app.get(ApiKeyService, { strict: false });
    const { key, record } = await keys.create('read', 'for a moment');
    await open('127.0.0.1');
    await signIn(key);
    await signedIn();
    await keys.revoke(record.selector);
    await page.getByLabel('API key').waitFor({ timeout: 20_000 });
    expect(await context.cookies()).toEqual([]);
  }, 60_000);

  it('leaves pictures of a figure to be saved, under the policy of the page', async () => {
    const headers = { authorization: `Bearer ${adminKey}` };
    await server.call('POST', '/v1/experiments', { ...definition, key: 'exp_figure' }, headers);
    await server.call('POST', '/v1/experiments/exp_figure/start', {}, headers);
    await open('127.0.0.1');
    await signIn(adminKey);
    await signedIn();
    await page.goto(`http://127.0.0.1:${port}/#/experiments/exp_figure/traffic`);
    for (const [name, start] of [
      ['SVG', '<svg'],
      ['PNG', '\u0089PNG'],
      ['CSV', ''],
    ] as const) {
      const button = page.getByRole('button', { name: new RegExp(name) }).first();
      await button.waitFor({ timeout: 20_000 });
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 20_000 }),
        button.click(),
      ]);
      const bytes = readFileSync(await download.path());
      expect(bytes.length).toBeGreaterThan(50);
      expect(bytes.toString('latin1').startsWith(start)).toBe(true);
    }
    await delay(200);
  }, 120_000);
});
