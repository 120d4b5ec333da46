import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const isThere = existsSync(path);

/** Where there is no Chromium: fails on the build server, is said elsewhere. */
export const needsBrowser = isThere ? describe : describe.skip;
if (!isThere) {
  const message = `There is no Chromium at ${path}: install it, or set CHROMIUM_PATH.`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(`Skipped. ${message}`);
}

export function startBrowser(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet],
  });
}
