/// <reference lib="dom" />
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PageFiles } from '../../../src/dashboard/page/page-files.client.js';
import { startServer, type StartedServer } from '../../e2e/server.fixture.js';
import { needsBrowser, startBrowser } from './browser.fixture.js';
import { builtPage } from './built-page.fixture.js';
import { payloads } from './payloads.fixture.js';
import { answered, draftOf, poisoned, storePayloads } from './stored-payloads.fixture.js';

const tabs = ['overview', 'metrics', 'traffic', 'guardrails', 'answers', 'setup', 'log'];
const places = [
  '#/',
  '#/new',
  '#/plan',
  `#/plan?experiment=${poisoned}`,
  ...[poisoned, answered].flatMap((key) => tabs.map((tab) => `#/experiments/${key}/${tab}`)),
  ...payloads.flatMap((_, place) => (place % 25 === 0 ? [`#/experiments/${draftOf(place)}/setup`] : [])),
];

/** What must never come: each entry says what came and from where. */
interface Harm {
  readonly what: string;
  readonly place: string;
}

/** Elements and attributes that the page never has, so that they can only come from a payload. Runs in the browser. */
function foreignParts(): string[] {
  const tags =
    'iframe,object,embed,applet,base,math,marquee,video,audio,picture,source,track,template,portal,frameset,frame';
  const drawn = 'foreignObject,animate,set,use,image,listing,xmp,isindex';
  const found = [
    ...document.querySelectorAll(`${tags},${drawn},meta[http-equiv],style,svg script,script:not([src])`),
  ];
  const named = [...document.querySelectorAll('*')].filter((element) =>
    [...element.attributes].some(({ name, value }) => {
      if (name.startsWith('on') || name === 'srcdoc' || name === 'is') return true;
      const isAddress =
        /^(src|href|xlink:href|action|formaction|srcset|poster|background|ping|style|data)$/.test(name);
      return isAddress && /canary|javascript:|vbscript:/i.test(value) && !value.startsWith('#/');
    }),
  );
  const polluted = Object.keys(Object.prototype).concat('polluted' in {} ? 'polluted' : []);
  const turned =
    (document.querySelector('main')?.innerText ?? '').match(/.{0,40}[\u202a-\u202e\u2066-\u2069].{0,40}/gu) ??
    [];
  return [...found, ...named]
    .map((element) => element.outerHTML.slice(0, 120))
    .concat(polluted)
    .concat(turned.map((text) => `turned: ${JSON.stringify(text)}`));
}

needsBrowser('stored texts, on every page', () => {
  let server: StartedServer;
  let url: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const harms: Harm[] = [];
  const broken: Harm[] = [];
  const harm = (what: string) => harms.push({ what, place: page?.url() ?? '' });

  beforeAll(async () => {
    const files = builtPage();
    server = await startServer({ ASSAY_SIMULATED_TIME_SCALE: '0' });
    server.app.get(PageFiles, { strict: false }).find = files.find.bind(files);
    await storePayloads(server);
    await server.app.listen(0, '127.0.0.1');
    url = await server.app.getUrl();
    browser = await startBrowser();
    context = await browser.newContext();
    await context.exposeBinding('canary', (_source, given) => void harm(`canary(${String(given)}) ran`));
    await context.exposeBinding('violated', (_source, text) => void harm(`policy violated: ${String(text)}`));
    await context.addInitScript(() => {
      const page = globalThis as unknown as { violated(text: string): void };
      document.addEventListener('securitypolicyviolation', (event) =>
        page.violated(
          `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
        ),
      );
    });
    await context.route('**', (route) => {
      if (new URL(route.request().url()).origin === url) return route.continue();
      harm(`request to ${route.request().url()}`);
      return route.abort();
    });
    page = await context.newPage();
    page.on('dialog', (dialog) => {
      harm(`dialogue ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => broken.push({ what: error.message, place: page.url() }));
    page.on('popup', () => harm('another window'));
    page.on('framenavigated', (frame) => {
      if (frame.url() !== 'about:blank' && !frame.url().startsWith(url)) harm(`left for ${frame.url()}`);
    });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function look(place: string): Promise<void> {
    await page.goto(`${url}/${place}`, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => (document.querySelector('main')?.textContent ?? '').length > 20);
    await page
      .waitForFunction(() => !document.querySelector('[aria-busy=true]'), null, { timeout: 15_000 })
      .catch(() => undefined);
    await delay(300);
    for (const details of await page.locator('main details:not([open]) > summary').all()) {
      await details.click({ timeout: 2_000 }).catch(() => undefined);
    }
    harms.push(...(await page.evaluate(foreignParts)).map((what) => ({ what, place })));
  }

  it('are at least two hundred, all different', () => {
    expect(new Set(payloads).size).toBe(payloads.length);
    expect(payloads.length).toBeGreaterThanOrEqual(200);
  });

  it.each(places)(
    'do nothing at %s',
    async (place) => {
      const before = harms.length;
      await look(place);
      expect(harms.slice(before)).toEqual([]);
      expect(broken).toEqual([]);
    },
    90_000,
  );

  it.each(['All actions…', 'Kill', 'Pause', 'Roll out'])(
    'do nothing in the dialogue behind "%s"',
    async (name) => {
      const before = harms.length;
      await look(`#/experiments/${poisoned}/overview`);
      await page.getByRole('group', { name: 'Actions' }).getByRole('button', { name, exact: true }).click();
      const dialog = page.locator('dialog[open]');
      await dialog.waitFor();
      await dialog
        .locator('details > summary')
        .first()
        .click({ timeout: 500 })
        .catch(() => undefined);
      await delay(500);
      harms.push(...(await page.evaluate(foreignParts)).map((what) => ({ what, place: name })));
      expect(await dialog.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
      await page.keyboard.press('Escape');
      expect(harms.slice(before)).toEqual([]);
      expect(broken).toEqual([]);
    },
    60_000,
  );

  it('do nothing where a key is asked for, whatever the refusal says', async () => {
    const before = harms.length;
    const isKeyAsked = `${url}/v1/session`;
    await page.route(isKeyAsked, (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ json: { needsKey: true, scope: null } })
        : route.fulfill({
            status: 403,
            contentType: 'application/problem+json',
            body: JSON.stringify({ code: 'FORBIDDEN', detail: payloads.join(' ') }),
          }),
    );
    await page.goto(`${url}/#/`);
    await page.reload();
    await page.getByLabel('API key').fill(payloads[0]!);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForFunction(
      () => (document.querySelector('[role=alert]')?.textContent ?? '').length > 100,
    );
    await delay(300);
    harms.push(...(await page.evaluate(foreignParts)).map((what) => ({ what, place: 'sign-in' })));
    await page.unroute(isKeyAsked);
    await page.reload();
    expect(harms.slice(before)).toEqual([]);
  }, 60_000);

  it('are really there, as text', async () => {
    const shows = async (place: string, selector: string, text: string) => {
      await page.goto(`${url}/${place}`, { waitUntil: 'domcontentloaded' });
      const isThere = ([where, what]: [string, string]) =>
        [...document.querySelectorAll(where)].some(({ textContent }) => textContent.includes(what));
      const found = page.waitForFunction(isThere, [selector, text] as [string, string], { timeout: 20_000 });
      await found.catch(() => Promise.reject(new Error(`${place} never showed ${text} in ${selector}.`)));
    };
    const script = `<script>canary(1)</script>`;
    await shows('#/', 'main', 'canary(1)');
    await shows(`#/experiments/${draftOf(payloads.indexOf(script))}`, 'h1', script);
    await shows(`#/experiments/${poisoned}/log`, 'main', payloads[1]!);
    await shows(`#/experiments/${answered}/answers`, 'main', 'canary(1)');
  }, 120_000);

  it('would have been noticed', async () => {
    const before = harms.length;
    await page.evaluate(() => {
      (globalThis as unknown as { canary(given: number): void }).canary(2);
      document.body.append(
        Object.assign(document.createElement('iframe'), { src: 'https://canary.example/' }),
      );
    });
    await delay(500);
    const noticed = harms.splice(before).map(({ what }) => what);
    expect(noticed).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/canary\(2\) ran/),
        expect.stringMatching(/policy violated: frame-src/),
      ]),
    );
    expect(await page.evaluate(foreignParts)).toEqual([
      expect.stringMatching(/^<iframe/),
      expect.stringMatching(/^<iframe/),
    ]);
  });

  it('cannot become markup: the browser itself refuses', async () => {
    const refused = await page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<b>x</b>';
        return 'taken';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(refused).toBe('TypeError');
    harms.length = 0;
  });
});
