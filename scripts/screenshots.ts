/** `npm run screenshots`: builds the site and takes the picture in the README from it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../tests/browser/browser.ts';
import { buildSite } from './build-site.ts';
import { root } from './parts/root.ts';
import { serveFolder } from './static-server.ts';

const folder = join(root, 'docs');
const pictures = [{ file: 'screenshot.png', address: '', width: 1280, height: 860 }];

await buildSite();
const server = await serveFolder(join(root, 'dist'), 0);
const browser = await launchBrowser();
try {
  mkdirSync(folder, { recursive: true });
  for (const { file, address, width, height } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(server.address + address);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    console.log(`docs/${file}: ${width} × ${height}`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
process.exit();
