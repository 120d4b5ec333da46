import type { Page } from 'playwright-core';

/** Comes back once the page shows what it has just learnt. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
