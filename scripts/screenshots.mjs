// Takes a picture of every page, light and dark, at three widths, into docs/images. It starts the demo, unless --url names one
// that is up; --only takes those whose name holds the word, --into another folder.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { withPalette } from './palette-png.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    only: { type: 'string', default: '' },
    into: { type: 'string', default: `${root}docs/images` },
  },
});

const tabs = ['overview', 'metrics', 'traffic', 'guardrails', 'answers', 'setup', 'log'];
const pages = [
  { name: 'experiments', hash: '#/' },
  ...tabs.map((tab) => ({ name: tab, hash: `#/experiments/ticket-summary/${tab}` })),
  { name: 'traffic-bandit', hash: '#/experiments/reply-tone/traffic' },
  { name: 'traffic-ramp', hash: '#/experiments/onboarding-mail/traffic' },
  { name: 'guardrails-paused', hash: '#/experiments/code-review/guardrails' },
  { name: 'new', hash: '#/new' },
  {
    name: 'plan',
    hash: '#/plan/size?from=ticket-summary&metric=user_rating&minimumEffect=0.2&sequential=open',
  },
];
const sizes = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1600, height: 1000 },
];

/** What is read after what is read first. */
const settleMilliseconds = 700;

/** The demo's address, once it has its weeks. */
async function startDemo() {
  const demo = spawn(process.execPath, ['scripts/run.mjs', 'demo.main.js', '--port', '0', '--no-traffic'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const bytes of demo.stdout) {
    const address = /The page: (http\S+)\//.exec(String(bytes))?.[1];
    if (address) return { address, stop: () => demo.kill() };
  }
  throw new Error('The demo ended before it was there.');
}

async function take(browser, address, colorScheme, viewport) {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  for (const { name, hash } of pages.filter((each) => each.name.includes(values.only))) {
    await page.goto(`${address}/${hash}`);
    await page.locator('main h1').first().waitFor();
    for (const part of await page.locator('[aria-busy="true"]').all())
      await part.waitFor({ state: 'detached' }).catch(() => console.error(`${name} is still reading`));
    await page.waitForTimeout(settleMilliseconds);
    const file = `${values.into}/${name}-${viewport.width}-${colorScheme}.png`;
    writeFileSync(file, withPalette(await page.screenshot()));
  }
  await context.close();
}

const demo = values.url ? { address: values.url, stop: () => undefined } : await startDemo();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
});
mkdirSync(values.into, { recursive: true });
try {
  for (const colorScheme of ['light', 'dark'])
    for (const viewport of sizes) await take(browser, demo.address, colorScheme, viewport);
} finally {
  await browser.close();
  demo.stop();
}
const files = readdirSync(values.into).filter((name) => name.endsWith('.png'));
const bytes = files.reduce((sum, name) => sum + statSync(`${values.into}/${name}`).size, 0);
console.log(`${files.length} pictures, ${(bytes / 1e6).toFixed(1)} MB, in ${values.into}`);
