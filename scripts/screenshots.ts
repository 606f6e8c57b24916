/** `npm run screenshots`: builds the site and takes the picture in the README from it, or with `--all` the pages to look over. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { launchBrowser } from '../tests/browser/browser.ts';
import { packPicture, takePicture } from '../tests/browser/picture.ts';
import { openVisitor } from '../tests/browser/visitor.ts';
import { pageAddresses } from '../tests/site/built-site.ts';
import { buildSite } from './build-site.ts';
import { root } from './parts/root.ts';
import { serveFolder } from './static-server.ts';

const help = `npm run screenshots -- [options]
Builds the site and takes docs/screenshot.png, which the README shows.

  --all          instead every kind of page at 1280 and 390 px, light and dark, into .atlas/screens/
  --full-page    with --all: whole pages, not what a screen shows of them
  --no-build     of the site as it stands in dist/
  --help`;

/** Bytes that a picture in the repository may have. */
const mostBytes = 200_000;

interface Shot {
  readonly name: string;
  readonly address: string;
}

/** The kinds of page, each by one that shows what there is. */
function kinds(dist: string): readonly Shot[] {
  const cell = pageAddresses(dist).find((address) => /^\/results\/prompt-tokens\/[0-9a-f]{8,}\/$/.test(address)) ?? '/results/';
  return [
    { name: 'home', address: '/' },
    { name: 'catalogue', address: '/methods/' },
    { name: 'method', address: '/methods/blm/' },
    { name: 'table', address: '/results/output-alignment/' },
    { name: 'record', address: cell },
    { name: 'map', address: '/map/' },
    { name: 'compare', address: '/compare/?pick=blm,ilm-vp,vpt-shallow' },
    { name: 'paper', address: '/papers/survey/' },
  ];
}

async function main({ isAll, isWhole, isBuilt }: { readonly isAll: boolean; readonly isWhole: boolean; readonly isBuilt: boolean }): Promise<void> {
  const dist = join(root, 'dist');
  if (!isBuilt) await buildSite();
  const server = await serveFolder(dist, 0);
  const browser = await launchBrowser();
  const folder = isAll ? join(root, '.atlas', 'screens') : join(root, 'docs');
  mkdirSync(folder, { recursive: true });
  try {
    for (const colorScheme of isAll ? (['light', 'dark'] as const) : (['light'] as const)) {
      const visitor = await openVisitor(browser, server.address, { colorScheme });
      for (const { name, address } of isAll ? kinds(dist) : [{ name: 'screenshot', address: '/' }]) {
        for (const width of isAll ? [1280, 390] : [1280]) {
          await visitor.page.setViewportSize({ width, height: width === 390 ? 844 : 860 });
          await visitor.visit(address);
          await visitor.page.waitForLoadState('networkidle');
          const seen = await takePicture(visitor.page);
          const picture = isWhole ? PNG.sync.read(await visitor.page.screenshot({ fullPage: true, animations: 'disabled' })) : seen;
          const bytes = packPicture(picture);
          const file = isAll ? `${name}-${width}-${colorScheme}.png` : `${name}.png`;
          if (!isAll && bytes.length > mostBytes) throw new Error(`docs/${file} would have ${bytes.length} bytes, at most ${mostBytes} belong into the repository.`);
          writeFileSync(join(folder, file), bytes);
          console.log(`${isAll ? '.atlas/screens' : 'docs'}/${file}: ${picture.width} × ${picture.height}, ${(bytes.length / 1000).toFixed(0)} kB`);
        }
      }
      for (const problem of visitor.takeProblems()) console.error(`The page ${problem}`);
      await visitor.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

const { values: options } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    'full-page': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (options.help) console.log(help);
else await main({ isAll: options.all, isWhole: options['full-page'], isBuilt: options['no-build'] });
process.exit();
