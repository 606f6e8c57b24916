import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { serveFolder, type StaticServer } from '../../scripts/static-server.ts';
import { audit } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { takePicture } from './picture.ts';
import { openVisitor } from './visitor.ts';

const page = (head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body><main>${body}</main></body></html>`;
const words = '<h1>A heading with words</h1><p>A paragraph with words and a formula.</p>';
const formula = '<div><math display="block"><mover><mi>y</mi><mo>^</mo></mover><mo>=</mo><msub><mi>O</mi><mi>ω</mi></msub><mo>∘</mo><mi>f</mi><mo>∘</mo><msub><mi>I</mi><mrow><mi>λ</mi><mo>,</mo><mi>τ</mi><mo>,</mo><mi>ℓ</mi></mrow></msub></math></div>';
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;

const pages: Readonly<Record<string, string>> = {
  'good.html': page('', words + formula),
  'no-ink.html': page('<style>h1 { color: transparent }</style>', words),
  'no-formula.html': page('<style>math { color: transparent }</style>', words + formula),
  'breach.html': page(`${policy}<style>p { color: red }</style>`, words),
  'foreign.html': page('', `${words}<img src="https://pictures.example/a.png" alt="">`),
  'throws.html': page('<script>throw new Error("broken");</script>', words),
  'missing.html': page('<link rel="stylesheet" href="/none.css">', words),
  'pale.html': page('<style>p { color: #ccc; background: #fff }</style>', words),
};

let folder = '';
let server: StaticServer;
let browser: Browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-watching-'));
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
  server = await serveFolder(folder, 0);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a good page has ink in its words and formulas, no problem and no fault', async () => {
  const visitor = await openVisitor(browser, server.address);
  await visitor.visit('/good.html');
  assert.equal((await takePicture(visitor.page)).width, 1280);
  assert.deepEqual(visitor.takeProblems(), []);
  assert.deepEqual((await audit(visitor.page)).violations, []);
  await visitor.close();
});

test('letters, numbers and signs of mathematics are drawn, each unlike the others and unlike a sign that no font has', { skip: process.platform === 'linux' ? false : 'the fonts are those of the system here' }, async () => {
  const signs = [...'aMŷčλωτθβ∘ℓ→↩✓±×−∈∑∏√≤≥⟨⟩‖𝔼ℝ'];
  const visitor = await openVisitor(browser, server.address);
  await visitor.visit('/good.html');
  const drawn = await visitor.page.evaluate((all) =>
    all.map((sign) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.font = '24px system-ui, serif';
      pen.fillText(sign, 6, 30);
      return canvas.toDataURL();
    }), [...signs, '\u{10FFFD}', ' ']);
  assert.equal(new Set(drawn).size, signs.length + 2, `two of ${signs.join('')} look alike`);
  await visitor.close();
});

test('a picture without ink in its words or formulas is refused', async () => {
  const visitor = await openVisitor(browser, server.address);
  await visitor.visit('/no-ink.html');
  await assert.rejects(takePicture(visitor.page), /a h1 was drawn without ink/);
  await visitor.visit('/no-formula.html');
  await assert.rejects(takePicture(visitor.page), /a main math was drawn without ink/);
  await visitor.close();
});

test('what breaks a page is noticed: its policy, another host, an error, a missing file, pale words', async () => {
  const visitor = await openVisitor(browser, server.address);
  const wanted: Readonly<Record<string, RegExp>> = {
    'breach.html': /breaks its policy: style-src-elem/,
    'foreign.html': /asks another host: https:\/\/pictures\.example/,
    'throws.html': /throws .*broken/,
    'missing.html': /is answered with 404: .*none\.css/,
  };
  for (const [name, problem] of Object.entries(wanted)) {
    await visitor.visit(`/${name}`);
    assert.match(visitor.takeProblems().join('\n'), problem, name);
  }
  await visitor.visit('/pale.html');
  for (const extent of ['all', 'colours'] as const) assert.match((await audit(visitor.page, extent)).violations.join(), /color-contrast/);
  await visitor.close();
});
