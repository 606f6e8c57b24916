import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { builtPages, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';

const content = join(import.meta.dirname, '..', '..', 'content');
let pages: readonly BuiltPage[] = [];
before(async () => {
  await ensureBuilt();
  pages = builtPages();
});

test('every entry has its page, and each list links to all of them', () => {
  let examined = 0;
  for (const kind of ['methods', 'models', 'tasks', 'concepts']) {
    const list = pages.find(({ address }) => address === `/${kind}/`);
    assert.ok(list, `/${kind}/`);
    const linked = new Set(list.html.querySelectorAll('main a[href]').map((link) => link.getAttribute('href')));
    for (const file of readdirSync(join(content, kind)).filter((name) => name.endsWith('.md'))) {
      const address = `/${kind}/${file.replace(/\.md$/, '')}/`;
      assert.ok(existsSync(join(dist, address, 'index.html')), address);
      assert.ok(linked.has(address), `/${kind}/ doesn't link to ${address}`);
      examined += 1;
    }
  }
  assert.ok(examined >= 25, `${examined} entries`);
});

test('every page says its language, title and subject, and has one first heading', () => {
  for (const { address, html } of pages) {
    assert.equal(html.querySelector('html')?.getAttribute('lang'), 'en', address);
    assert.ok((html.querySelector('title')?.text ?? '').length > 4, address);
    assert.ok((html.querySelector('meta[name=description]')?.getAttribute('content') ?? '').length > 10, address);
    assert.equal(html.querySelectorAll('h1').length, 1, address);
  }
  assert.ok(pages.length >= 35, `${pages.length} pages`);
});

test('a method page can be read without a script: formula, class, text, citations that link back', () => {
  const methods = pages.filter(({ address }) => /^\/methods\/[^/]+\/$/.test(address));
  for (const { address, html } of methods) {
    const rival = html.querySelector('.facts')?.text.includes('Parameter-centric') ?? false;
    assert.ok(html.querySelectorAll('main math').length >= (rival ? 1 : 2), address);
    assert.equal(html.querySelectorAll('main .slots > div').length, rival ? 0 : 4, address);
    assert.ok((html.querySelector('main .prose')?.text.length ?? 0) > 500, address);
    const citations = html.querySelectorAll('.cite a');
    assert.ok(citations.length > 0, address);
    for (const citation of citations) {
      const key = (citation.getAttribute('href') ?? '').replace('#ref-', '');
      assert.ok(html.querySelector(`#ref-${key} a[href="#${citation.id}"]`), `${address}: ${citation.id} has no way back`);
    }
  }
  assert.ok(methods.length >= 10, `${methods.length} methods`);
});

test('formulas are MathML and nothing of their source is left', () => {
  let examined = 0;
  for (const { address, html } of pages) {
    examined += html.querySelectorAll('math').length;
    const text = html.querySelector('main')?.text ?? '';
    assert.doesNotMatch(text, /\$[^$]*\\[a-z]+|:cite\[|:recall\[|\\frac/, address);
  }
  assert.ok(examined > 40, `${examined} formulas`);
});

test('no page carries an inline style, so that a strict policy can forbid them', () => {
  const allowed = pages.flatMap(({ address, html }) => html.querySelectorAll('main [style]').filter((each) => each.closest('math') === null).map(() => address));
  assert.deepEqual(allowed, []);
  assert.ok(pages.length > 0);
});
