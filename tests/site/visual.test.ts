import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { packPicture, takePicture } from '../browser/picture.ts';
import { openVisitor, type Visitor } from '../browser/visitor.ts';
import { examined } from './examined.ts';
import { ensureFixtureBuilt, fixtureSite } from './fixture-site.ts';
import { pageAddresses } from './built-site.ts';
import { serveToBrowser, type ServedSite } from './served-site.ts';

const pictures = join(import.meta.dirname, 'visual');
const rejected = join(import.meta.dirname, '..', '..', '.atlas', 'visual');
const isRenewing = process.env['ATLAS_UPDATE_PICTURES'] === '1';

/** How different a pixel's colour may be (0 to 1), and the share of pixels that may be more different than that. */
const colourTolerance = 0.1;
const mostDiffering = 0.0005;
const screens = [{ width: 1280, height: 900 }, { width: 390, height: 844 }] as const;

/** Pictures are of one renderer: the packaged Chromium, whose pixels don't depend on the machine's fonts. */
const isSameRenderer = process.platform === 'linux' && process.arch === 'x64' && (process.env['ATLAS_CHROMIUM'] ?? '') === '';
const skip = isSameRenderer ? false : 'pictures are compared in the Chromium from npm on Linux alone';

let site: ServedSite;
let visitor: Visitor;

before(async () => {
  if (!isSameRenderer) return;
  await ensureFixtureBuilt();
  site = await serveToBrowser(fixtureSite.served, fixtureSite.base);
  visitor = await openVisitor(site.browser, site.home);
});

after(async () => {
  await visitor?.close();
  await site?.close();
});

/** The eight kinds of page, each by an address of the fixture catalogue. */
function subjects(): Readonly<Record<string, string>> {
  const addresses = pageAddresses(fixtureSite.folder);
  const cell = addresses.find((address) => /^\/results\/[^/]+\/[0-9a-f]{8,}\/$/.test(address));
  assert.ok(cell, 'the fixture catalogue has no page of a cell');
  return {
    home: '/',
    catalogue: '/methods/',
    method: '/methods/vpt-shallow/',
    table: '/results/prompt-tokens/',
    record: cell,
    map: '/map/',
    compare: '/compare/?pick=vpt-shallow,additive-program',
    paper: '/papers/survey/',
  };
}

test('eight pages at two widths look as they did', { skip }, async (context) => {
  const faults: string[] = [];
  let compared = 0;
  rmSync(rejected, { recursive: true, force: true });
  for (const [name, address] of Object.entries(subjects())) {
    for (const screen of screens) {
      await visitor.page.setViewportSize(screen);
      await visitor.visit(address);
      // What stands in the address is fetched.
      if (address.includes('?')) await visitor.page.waitForLoadState('networkidle');
      const taken = await takePicture(visitor.page);
      const file = `${name}-${screen.width}.png`;
      compared += 1;
      const fault = isRenewing ? renew(file, taken) : compare(file, taken);
      if (fault !== undefined) faults.push(fault);
    }
  }
  examined(context, compared, 16, 'pictures');
  assert.deepEqual(faults, [], 'If the pages are meant to look so, renew the pictures: ATLAS_UPDATE_PICTURES=1 npm test -- browser');
});

function renew(file: string, taken: PNG): undefined {
  mkdirSync(pictures, { recursive: true });
  if (!existsSync(join(pictures, file)) || compare(file, taken) !== undefined) writeFileSync(join(pictures, file), packPicture(taken));
  return undefined;
}

function compare(file: string, taken: PNG): string | undefined {
  const path = join(pictures, file);
  if (!existsSync(path)) return `${file}: there is no picture to compare with`;
  const expected = PNG.sync.read(readFileSync(path));
  const { width, height } = taken;
  if (expected.width !== width || expected.height !== height) return `${file}: ${width} × ${height} in place of ${expected.width} × ${expected.height}`;
  const difference = new PNG({ width, height });
  // What is compared has been packed as well.
  const count = pixelmatch(expected.data, PNG.sync.read(packPicture(taken)).data, difference.data, width, height, { threshold: colourTolerance });
  if (count <= mostDiffering * width * height) return undefined;
  mkdirSync(rejected, { recursive: true });
  writeFileSync(join(rejected, file), packPicture(taken));
  writeFileSync(join(rejected, file.replace('.png', '.difference.png')), packPicture(difference));
  return `${file}: ${count} pixels differ (${((100 * count) / (width * height)).toFixed(2)} %); see .atlas/visual/`;
}
