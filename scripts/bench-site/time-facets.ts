import type { Browser } from 'playwright-core';
import { openTab } from './open-tab.ts';

/**
 * Milliseconds from a click on a facet's value to the list that it leaves, on a page that has just been loaded and has
 * fetched nothing about its entries yet: slow 4G and a slow processor.
 */
export async function timeFirstFacet(browser: Browser, home: string): Promise<number> {
  const { page, close } = await openTab(browser, 'slow');
  try {
    await page.goto(new URL('methods/', home).href, { waitUntil: 'networkidle' });
    return await page.evaluate(async () => {
      const count = document.querySelector('[data-catalogue] [data-count]');
      const box = document.querySelector<HTMLElement>('[data-catalogue] [data-facet] input[type=checkbox], [data-catalogue] [data-facet] button');
      if (!count || !box) throw new Error('The catalogue has no count or no facet to choose.');
      const before = count.textContent;
      const began = performance.now();
      return new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (count.textContent === before) return;
          observer.disconnect();
          // Until the list has been drawn.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began), 0));
        });
        observer.observe(count, { childList: true, characterData: true, subtree: true });
        box.click();
      });
    });
  } finally {
    await close();
  }
}
