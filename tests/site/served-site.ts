import type { Browser } from 'playwright-core';
import { serveFolder } from '../../scripts/static-server.ts';
import { launchBrowser } from '../browser/browser.ts';

export interface ServedSite {
  readonly browser: Browser;
  /** `http://127.0.0.1:4321/` */
  readonly home: string;
  close(): Promise<void>;
}

/** A browser, and a folder served to it; `base` is the folder's part of the address. */
export async function serveToBrowser(folder: string, base = '/'): Promise<ServedSite> {
  const server = await serveFolder(folder, 0);
  const browser = await launchBrowser();
  return {
    browser,
    home: `${server.address}${base.slice(1)}`,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
