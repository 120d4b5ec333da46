import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { needsBrowser, startBrowser } from '../xss/browser.fixture.js';
import { byKeyboard, byPointer, type Hands } from './hands.fixture.js';
import { startWalkServer, type WalkServer } from './walk-server.fixture.js';

const patience = 15_000;

needsBrowser('an experiment’s life on the page', () => {
  let server: WalkServer;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    server = await startWalkServer();
    browser = await startBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    faults.length = 0;
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A browser logs that a try was refused, as of a draft without a metric yet.
      const isTry = message.location().url.endsWith('?dryRun=true');
      if (message.type() === 'error' && !isTry) faults.push(message.text());
    });
  });
  afterEach(() => page.context().close());

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const field = (label: string | RegExp) => page.getByLabel(label, { exact: true });
  const state = (name: string) => page.locator('.page-head .state', { hasText: new RegExp(`^${name}$`) });

  const create = async (hands: Hands, key: string) => {
    await hands.fill(field('Key').first(), key);
    await hands.fill(field('Hypothesis'), 'Shorter answers are rated better.');
    await hands.fill(field('System prompt').nth(0), 'Answer the question.');
    await hands.fill(field('System prompt').nth(1), 'Answer the question in one sentence.');
    await hands.choose(page.getByRole('combobox', { name: /^Primary: decides/ }), 'user_rating');
    await hands.press(button('Create the draft'));
    await page.getByRole('heading', { name: 'The draft is there' }).waitFor();
  };
  /** What a dialogue asks is confirmed once it has shown what would happen. */
  const confirm = async (hands: Hands, name: string) => {
    const ready = page.locator('dialog[open] button.primary[aria-disabled="false"]', { hasText: name });
    await hands.press(ready);
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  };
  /** Waits until the table of the metrics tab, which nobody reloads, counts that many units. */
  const unitsArrive = async (count: number) => {
    const rows = page.getByRole('region', { name: 'Exposed units' }).locator('tbody tr td:nth-child(2)');
    const shown = async () =>
      (await rows.allTextContents()).reduce((sum, text) => sum + Number(text.replace(/\D/g, '')), 0);
    for (const end = Date.now() + patience; Date.now() < end; await delay(100))
      if ((await shown()) === count) return;
    throw new Error(`${await shown()} units are shown instead of ${count}.`);
  };

  it.each(['pointer', 'keyboard'])(
    'goes from a draft to a kill by %s',
    async (way) => {
      const hands = way === 'pointer' ? byPointer : byKeyboard(page);
      const key = `walk-${way}`;
      await page.goto(`${server.url}/#/new`);
      await create(hands, key);
      await hands.press(button('Start…'));
      await confirm(hands, 'Start');
      await hands.press(page.getByRole('link', { name: 'Open', exact: true }));
      await state('running').waitFor();
      await hands.press(page.getByRole('link', { name: 'Metrics', exact: true }));

      await server.visit(key, 80, (_variant, index) => ({ user_rating: 3 + (index % 3), error: 0 }));
      await unitsArrive(80);

      await hands.press(button('All actions…'));
      await hands.press(button('Change weights'));
      await hands.mark(page.getByLabel('A bandit: more units to what earns more'));
      await confirm(hands, 'Change weights');
      const { body } = await server.call('GET', `/v1/experiments/${key}`);
      expect(body.allocation).toMatchObject({ mode: 'bandit', reward: 'user_rating' });

      await server.visit(key, 120, (variant) => ({ error: variant === body.control ? 0 : 1 }));
      await server.look();
      await state('paused').waitFor();

      await page.locator('body').press('!');
      await page.keyboard.press('k');
      await hands.fill(field('Reason (required)'), 'The treatment fails.');
      await page.keyboard.press('Enter');
      await state('killed').waitFor();
      const { body: log } = await server.call('GET', `/v1/experiments/${key}/decisions`);
      expect(log.decisions[0]).toMatchObject({ action: 'kill', reason: 'The treatment fails.' });
      expect(faults).toEqual([]);
    },
    90_000,
  );
});
