import type { Browser, Page } from 'playwright-core';
import { openTab } from './open-tab.ts';
import type { PackedServer } from './packed-server.ts';

/** Words that stand in texts and in no name, so that only the full-text index finds them. */
const queries = ['gradient frozen features', 'learned tokens before the sequence'] as const;

async function openSearch(page: Page, home: string): Promise<void> {
  await page.goto(new URL('about/', home).href, { waitUntil: 'networkidle' });
}

/** Milliseconds from the key that opens the search, a query put in at once, to the first page that its words were found in. */
export async function timeFirstResult(browser: Browser, home: string, speed: 'full' | 'slow'): Promise<number> {
  const { page, close } = await openTab(browser, speed);
  try {
    await openSearch(page, home);
    const began = performance.now();
    await page.keyboard.press('/');
    await page.keyboard.insertText(queries[0]);
    await page.waitForSelector('[data-search] [role=option]', { timeout: 60_000 });
    return performance.now() - began;
  } finally {
    await close();
  }
}

/** Bytes that two searches load, with the results of each on show, beyond what the page had loaded. */
export async function bytesOfTwoSearches(browser: Browser, server: PackedServer): Promise<number> {
  const { page, close } = await openTab(browser, 'full');
  try {
    await openSearch(page, server.address);
    const before = server.sent();
    await page.keyboard.press('/');
    for (const query of queries) {
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(query);
      await page.waitForTimeout(500);
      await page.waitForLoadState('networkidle');
      await page.waitForSelector('[data-search] [role=option]', { timeout: 20_000 });
    }
    return server.sent() - before;
  } finally {
    await close();
  }
}
