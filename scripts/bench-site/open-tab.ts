import type { Browser, Page } from 'playwright-core';

/** A slow 4G connection: milliseconds of delay and bytes a second, down and up. */
const slow4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 } as const;
const slowCpu = 4;

export interface Tab {
  readonly page: Page;
  close(): Promise<void>;
}

/** A tab with nothing in its cache, at full speed or slowed down to a phone on slow 4G (150 ms, 1.6 Mbit/s, a quarter of the processor). */
export async function openTab(browser: Browser, speed: 'full' | 'slow'): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', bypassCSP: speed === 'slow' });
  const page = await context.newPage();
  if (speed === 'slow') {
    // Only a page's own thread and its own requests can be slowed down, so what would run in a worker runs there, where its
    // policy would keep it from compiling WebAssembly.
    await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow4G);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowCpu });
  }
  return { page, close: () => context.close() };
}
