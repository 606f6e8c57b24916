import type { Browser } from 'playwright-core';
import { openTab } from './open-tab.ts';

/** Milliseconds from the click on. */
export interface FacetTimes {
  /** Until the rows that are left stand in the page, counted and in order. */
  readonly drawn: number;
  /** Until the browser has laid them out and painted them. */
  readonly painted: number;
}

/** A click on a facet's value on a page that has just been loaded: slow 4G and a slow processor. */
export async function timeFirstFacet(browser: Browser, home: string): Promise<FacetTimes> {
  const { page, close } = await openTab(browser, 'slow');
  try {
    await page.goto(new URL('methods/', home).href, { waitUntil: 'networkidle' });
    return await page.evaluate(async () => {
      const count = document.querySelector('[data-catalogue] [data-count]');
      const box = document.querySelector<HTMLElement>('[data-catalogue] [data-facet] input[type=checkbox], [data-catalogue] [data-facet] button');
      if (!count || !box) throw new Error('The catalogue has no count or no facet to choose.');
      const before = count.textContent;
      const began = performance.now();
      return new Promise<FacetTimes>((resolve) => {
        const observer = new MutationObserver(() => {
          if (count.textContent === before) return;
          observer.disconnect();
          const drawn = performance.now() - began;
          requestAnimationFrame(() => setTimeout(() => resolve({ drawn, painted: performance.now() - began }), 0));
        });
        observer.observe(count, { childList: true, characterData: true, subtree: true });
        box.click();
      });
    });
  } finally {
    await close();
  }
}
