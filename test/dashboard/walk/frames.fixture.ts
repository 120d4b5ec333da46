import type { Page } from 'playwright-core';

/** How long frames took, in milliseconds. */
export interface Frames {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

/** What the browser draws while something is done. */
export async function framesWhile(page: Page, act: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    const note = (now: number) => {
      times.push(now - last);
      last = now;
      frame = requestAnimationFrame(note);
    };
    let frame = requestAnimationFrame(note);
    Object.assign(globalThis, {
      endFrames: () => {
        cancelAnimationFrame(frame);
        return times.slice(1);
      },
    });
  });
  await act();
  const times = await page.evaluate(() => (globalThis as unknown as { endFrames(): number[] }).endFrames());
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return { count: sorted.length, median: at(0.5), p95: at(0.95), longest: at(1) };
}

/** Scrolls to the end of the page as a wheel does. */
export async function scrollThrough(page: Page, steps = 40): Promise<void> {
  await page.mouse.move(400, 400);
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(16);
  }
}
