import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parse } from 'node-html-parser';
import type { HTMLElement } from 'node-html-parser';
import { offlinePage } from '../../scripts/archive/offline-page.ts';
import { writeArchive } from '../../scripts/archive/write-archive.ts';
import { archiveFolder, readArchive } from './archive-files.ts';
import { dist, ensureBuilt, pageAddresses } from './built-site.ts';
import { examined } from './examined.ts';
import { ensureFixtureBuilt, fixtureSite } from './fixture-site.ts';

const sites = [
  { name: 'the site', folder: dist, pages: 400, ensure: ensureBuilt },
  { name: 'the fixture catalogue below /atlas/', folder: fixtureSite.folder, pages: 60, ensure: ensureFixtureBuilt },
];

const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

for (const { name, folder, pages: floor, ensure } of sites) {
  describe(name, () => {
    let files: ReadonlyMap<string, Uint8Array> = new Map();
    let size = 0;
    let pages: readonly { readonly path: string; readonly html: HTMLElement }[] = [];
    before(async () => {
      await ensure();
      ({ files, bytes: size } = readArchive(folder));
      pages = [...files].filter(([path]) => path.endsWith('.html')).map(([path, bytes]) => ({ path, html: parse(decode(bytes)) }));
    });

    test('every page is in it but lists by facet and the page for wrong addresses, below one folder, with words on how to open it', (context) => {
      assert.ok([...files.keys()].every((path) => path.startsWith(archiveFolder) && !path.includes('..')));
      const wanted = pageAddresses(folder).filter((address) => address !== '/404.html' && !address.startsWith('/methods/by/')).map((address) => `${archiveFolder}${address.slice(1)}index.html`);
      assert.deepEqual(pages.map(({ path }) => path).sort(), wanted.sort());
      assert.match(decode(files.get(`${archiveFolder}README.txt`)), /Open index\.html/);
      examined(context, pages.length, floor, 'pages');
    });

    test('every link leads to a file of it, or over https, or nowhere', (context) => {
      const broken: string[] = [];
      let count = 0;
      for (const { path, html } of pages) {
        for (const element of html.querySelectorAll('[href], [src], [action]')) {
          for (const key of ['href', 'src', 'action']) {
            const target = element.getAttribute(key);
            if (target === undefined || target.startsWith('#') || target.startsWith('https://')) continue;
            count += 1;
            const to = new URL(target, `file:///${path}`);
            if (/^[a-z]+:|^\//.test(target) || !files.has(decodeURIComponent(to.pathname.slice(1)))) broken.push(`${path}: ${key}="${target}"`);
          }
        }
      }
      assert.deepEqual(broken.slice(0, 20), [], `${broken.length} broken`);
      examined(context, count, 20 * floor, 'links');
    });

    test('no page has a module, a form for the web an inline script or a policy that lets it ask a host', (context) => {
      for (const { path, html } of pages) {
        assert.equal(html.querySelector('[type=module], [type="application/ld+json"], link[rel=alternate], link[rel=modulepreload], meta[property^="og:"]'), null, path);
        const policies = html.querySelectorAll('meta[http-equiv="Content-Security-Policy"]').map((meta) => meta.getAttribute('content') ?? '');
        assert.equal(policies.length, 1, path);
        assert.equal(policies[0], "default-src 'none'; script-src file:; style-src file:; img-src file: data:; form-action file:; base-uri 'none'", path);
        assert.equal(html.querySelector('script:not([src])'), null, path);
        const scripts = html.querySelectorAll('script[src]');
        assert.match(scripts[0]?.getAttribute('src') ?? '', /offline\/start\.js$/);
        assert.equal(html.querySelector('html')?.getAttribute('data-base'), '../'.repeat(path.split('/').length - 2) || './');
      }
      const scripts = [...files].filter(([path]) => /offline\/[^/]+\.js$/.test(path));
      for (const [path, bytes] of scripts) assert.doesNotMatch(decode(bytes), /^\s*(import|export)\b|(?<![\w$.])import\(|import\.meta/m, path);
      examined(context, pages.length, floor, 'pages');
      examined(context, scripts.length, 4, 'scripts');
    });

    test('it holds at most ten megabytes for a thousand pages of entries and numbers', (context) => {
      const thousands = Math.max(1, Math.ceil(pages.filter(({ path }) => /\/(methods|concepts|papers|models|tasks|results\/[^/]+)\/[^/]+\/index\.html$/.test(path)).length / 1000));
      assert.ok(size <= thousands * 10_000_000, `${size} bytes`);
      examined(context, size, 100_000, 'bytes');
    });
  });
}

test('the same site gives the same archive, byte by byte', async () => {
  await ensureFixtureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'atlas-archive-'));
  try {
    const [first, second] = [join(folder, 'a.zip'), join(folder, 'b.zip')];
    await writeArchive(fixtureSite.folder, [], first);
    await writeArchive(fixtureSite.folder, [], second);
    assert.ok(readFileSync(first).equals(readFileSync(second)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a link to what stands on the web alone leads there where the site’s address is known, and else nowhere', () => {
  const html = '<html data-base="/atlas/"><head><meta charset="utf-8"></head><a href="/atlas/records/x.json?a=1&amp;b=2">r</a><a href="/atlas/about/#licence">a</a><a href="../vp/">v</a><a href="/atlas/">h</a><a href="/atlas/methods/by/family/mr/operator/additive/">l</a>';
  const holds = (path: string): boolean => ['about/index.html', 'methods/vp/index.html', 'methods/index.html', 'index.html'].includes(path);
  const links = (siteUrl: string): readonly (string | undefined)[] =>
    parse(offlinePage(html, 'methods/coop/', { base: '/atlas/', siteUrl, holds })).querySelectorAll('a').map((link) => link.getAttribute('href'));
  const inside = ['../../about/index.html#licence', '../../methods/vp/index.html', '../../index.html', '../../methods/index.html?family=mr&operator=additive'];
  assert.deepEqual(links('https://atlas.example'), ['https://atlas.example/atlas/records/x.json?a=1&b=2', ...inside]);
  assert.deepEqual(links(''), [undefined, ...inside]);
});
