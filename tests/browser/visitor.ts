import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** A tab that is led from page to page, with what went wrong since it was last asked. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address of the site, `/methods/?family=MR`, and waits until it is loaded. */
  visit(address: string): Promise<void>;
  /** Requests to other hosts, breaches of the Content-Security-Policy and errors since the last call. */
  takeProblems(): readonly string[];
  /** How many requests were watched so far. */
  requests(): number;
  close(): Promise<void>;
}

/** The name under which pages report a breach of their policy. */
const breach = 'atlasPolicyBreach';

/**
 * Opens a tab on a site served at `home` (`http://127.0.0.1:4321/atlas/`) that watches everything it loads.
 * Without `reducedMotion` and `colorScheme` in `options` it reduces motion and is light.
 */
export async function openVisitor(browser: Browser, home: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
  const { origin } = new URL(home);
  let problems: string[] = [];
  let requests = 0;
  context.on('request', (request) => {
    requests += 1;
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) problems.push(`asks another host: ${url}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== page.url()) problems.push(`is answered with ${response.status()}: ${response.url()}`);
  });
  context.on('weberror', (error) => problems.push(`throws ${String(error.error())}`));
  context.on('console', (message) => {
    // A missing file is named by its answer above.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(`says ${message.text()}`);
  });
  await context.exposeFunction(breach, (what: string) => {
    problems.push(`breaks its policy: ${what}`);
  });
  await context.addInitScript((name) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(globalThis, name);
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      if (typeof report === 'function') report(`${effectiveDirective} forbids ${blockedURI} (${sourceFile}:${lineNumber} ${sample})`);
    });
  }, breach);
  const page = await context.newPage();
  return {
    page,
    context,
    async visit(address) {
      await page.goto(new URL(address.replace(/^\//, ''), home).href, { waitUntil: 'load' });
    },
    takeProblems() {
      const taken = problems;
      problems = [];
      return taken;
    },
    requests: () => requests,
    close: () => context.close(),
  };
}
