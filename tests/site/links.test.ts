import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { builtPages, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';

let pages: readonly BuiltPage[] = [];
before(async () => {
  await ensureBuilt();
  pages = builtPages();
});

const linking = ['a[href]', 'link[href]', 'img[src]', 'script[src]'];

function targetsOf({ html }: BuiltPage): readonly string[] {
  return linking.flatMap((selector) => html.querySelectorAll(selector).map((each) => each.getAttribute('href') ?? each.getAttribute('src') ?? ''));
}

const isForeign = (target: string): boolean => /^[a-z]+:/i.test(target);

test('no internal link and no fragment leads nowhere', () => {
  const base = pages[0]?.html.querySelector('html')?.getAttribute('data-base') ?? '';
  assert.match(base, /^\/.*$/);
  const ids = new Map(pages.map(({ address, html }) => [address, new Set(html.querySelectorAll('[id]').map(({ id }) => id))]));
  const broken: string[] = [];
  let examined = 0;
  for (const page of pages) {
    for (const target of targetsOf(page).filter((each) => !isForeign(each))) {
      examined += 1;
      const { pathname, hash } = new URL(target, `https://atlas.invalid${base}${page.address.slice(1)}`);
      if (!pathname.startsWith(base)) {
        broken.push(`${page.address}: ${target} leaves ${base}`);
        continue;
      }
      const place = `/${decodeURIComponent(pathname).slice(base.length)}`;
      const file = join(dist, place.endsWith('/') ? `${place}index.html` : place);
      if (!existsSync(file) || !statSync(file).isFile()) {
        broken.push(`${page.address}: ${target} leads to no file`);
      } else if (hash !== '' && !ids.get(place)?.has(decodeURIComponent(hash.slice(1)))) {
        const near = [...(ids.get(place) ?? [])].slice(0, 12).join(', ');
        broken.push(`${page.address}: ${target} names no place there; there are ${near}`);
      }
    }
  }
  assert.ok(examined > 500, `${examined} links on ${pages.length} pages`);
  assert.deepEqual(broken.slice(0, 20), []);
});

test('links to elsewhere go over https, and nothing is loaded from elsewhere', () => {
  let examined = 0;
  for (const page of pages) {
    for (const link of page.html.querySelectorAll('a[href]')) {
      const target = link.getAttribute('href') ?? '';
      if (!isForeign(target)) continue;
      examined += 1;
      assert.match(target, /^https:\/\//, page.address);
    }
    for (const loading of page.html.querySelectorAll('script[src], link[rel=stylesheet], link[rel=icon], img[src], iframe, source[src]')) {
      const target = loading.getAttribute('src') ?? loading.getAttribute('href') ?? '';
      assert.ok(!isForeign(target) && !target.startsWith('//'), `${page.address} loads ${target}`);
    }
  }
  assert.ok(examined > 20, `${examined} links`);
});

test('no id stands twice on a page', () => {
  let examined = 0;
  for (const { address, html } of pages) {
    const ids = html.querySelectorAll('[id]').map(({ id }) => id);
    examined += ids.length;
    assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) < i), [], address);
  }
  assert.ok(examined > 100, `${examined} ids`);
});
