import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { examined } from './examined.ts';
import { checks } from './pages/index.ts';
import { examineSite } from './pages/examine-site.ts';
import type { Examination } from './pages/examine-site.ts';

const script = 'document.documentElement.dataset.scripts = "yes";';
const policy = `default-src 'none'; script-src 'self' 'sha256-${createHash('sha256').update(script).digest('base64')}'; style-src 'self'; img-src 'self'; base-uri 'none'`;

/** A small page with which nothing is wrong. */
const good = (title: string): string => `<!DOCTYPE html>
<html lang="en" data-base="/">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <meta name="description" content="A page that was made to be broken in one place by these tests.">
    <link rel="stylesheet" href="/page.css">
    <link rel="alternate" type="application/x-bibtex" href="/entry.bib">
    <script type="application/ld+json">{"@context":"https://schema.org","@type":"WebPage"}</script>
    <script>${script}</script>
  </head>
  <body>
    <main id="content">
      <h1>${title}</h1>
      <p>Enough words that a reader who has no scripts finds something to read here, and more.</p>
      <p>A formula: <math><mi>x</mi></math>, and links <a href="/methods/one/#content">to one</a> and <a href="https://example.org/">elsewhere</a>.</p>
    </main>
  </body>
</html>
`;

interface Breach {
  /** A part of the promise that is broken. */
  readonly promise: string;
  /** What is put in place of what, in the first of two pages. */
  readonly from: string | RegExp;
  readonly to: string;
  readonly finds: RegExp;
}

const breaches: readonly Breach[] = [
  { promise: 'leads nowhere', from: '/methods/one/#content', to: '/methods/none/', finds: /there is no such file/ },
  { promise: 'leads nowhere', from: '#content', to: '#contents', finds: /has no "contents"; it has content/ },
  { promise: 'without a script', from: '</main>', to: '<div class="plot"></div></main>', finds: /div\.plot is empty/ },
  { promise: 'without a script', from: /<p>[\s\S]*<\/p>/, to: '', finds: /the main text has \d+ characters/ },
  { promise: 'formulas are MathML', from: 'A formula', to: String.raw`$\frac{1}{2}$`, finds: /the text holds/ },
  { promise: 'no id stands twice', from: '<p>A', to: '<p id="content">A', finds: /"content" stands twice/ },
  { promise: 'title of its own', from: '<title>First', to: '<title>Second', finds: /have the same title: "Second entry"/ },
  { promise: 'title of its own', from: 'A page that was made to be broken in one place by these tests.', to: 'Short.', finds: /the description has 6 characters/ },
  { promise: 'title of its own', from: '</main>', to: '<h1>Again</h1></main>', finds: /2 first headings/ },
  { promise: 'title of its own', from: 'lang="en"', to: '', finds: /language/ },
  { promise: 'title of its own', from: '<link rel="stylesheet"', to: '<link rel="canonical" href="https://atlas.example/x/"><link rel="stylesheet"', finds: /canonical address is https/ },
  { promise: 'JSON-LD', from: '"@type":"WebPage"', to: '"name":"x"', finds: /no @type/ },
  { promise: 'JSON-LD', from: '"@type":"WebPage"', to: '"@type":', finds: /can't be read/ },
  { promise: 'JSON-LD', from: /<link rel="alternate"[^>]*>/, to: '', finds: /BibTeX/ },
  { promise: 'Content-Security-Policy', from: /<meta http-equiv[^>]*>/, to: '', finds: /no Content-Security-Policy/ },
  { promise: 'Content-Security-Policy', from: `<script>${script}`, to: `<script>${script} `, finds: /an inline script is not in script-src/ },
  { promise: 'Content-Security-Policy', from: "style-src 'self'", to: "style-src 'self' 'unsafe-inline'", finds: /style-src allows 'unsafe-inline'/ },
  { promise: 'Content-Security-Policy', from: "img-src 'self'", to: 'img-src https://pictures.example', finds: /img-src allows https/ },
  { promise: 'Content-Security-Policy', from: '</head>', to: '<style>p{color:red}</style></head>', finds: /an inline style is not in style-src/ },
  { promise: 'Content-Security-Policy', from: '<meta charset="utf-8">', to: '<meta charset="utf-8"><script src="/page.js"></script>', finds: /stands before the policy/ },
  { promise: 'no inline style, handler', from: '<p>A', to: '<p style="color:red">A', finds: /style="color:red"/ },
  { promise: 'no inline style, handler', from: '<p>A', to: '<p onclick="run()">A', finds: /onclick=/ },
  { promise: 'no inline style, handler', from: 'https://example.org/', to: 'javascript:run()', finds: /javascript:run/ },
  { promise: 'no inline style, handler', from: 'https://example.org/', to: 'http://example.org/', finds: /links to http:/ },
  { promise: 'no inline style, handler', from: '</main>', to: '<img src="https://pictures.example/a.png" alt="a"></main>', finds: /loads https:\/\/pictures/ },
  { promise: 'budget of bytes', from: '</main>', to: `<p>${Array.from({ length: 4000 }, (_, i) => createHash('sha256').update(String(i)).digest('hex')).join(' ')}</p></main>`, finds: /html: \d+\.\d KB/ },
  { promise: 'budget of bytes', from: '/page.css', to: '/none.css', finds: /no style sheet/ },
  { promise: 'valid HTML', from: '<p>A', to: '<p><div>A</div>', finds: /at .*: / },
];

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Examines a site of two entries, the first of them as given. */
function examine(first: string): readonly Examination[] {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-pages-'));
  folders.push(folder);
  const files = { 'methods/one/index.html': first, 'methods/two/index.html': good('Second entry'), 'page.css': 'p { margin: 0 }', 'page.js': '', 'entry.bib': '@misc{a}' };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return examineSite({ folder, base: '/', siteUrl: '' }, checks);
}

test('pages with which nothing is wrong pass every check, and each check has looked at something', (context) => {
  const found = examine(good('First entry'));
  for (const { check, faults } of found) {
    assert.deepEqual(faults, [], check.promise);
    assert.ok(check.examined() > 0, check.promise);
  }
  examined(context, found.length, checks.length, 'checks');
});

test('every check finds the page that breaks its promise', (context) => {
  const broken = new Set<string>();
  for (const { promise, from, to, finds } of breaches) {
    const page = good('First entry');
    const changed = page.replace(from, () => to);
    assert.notEqual(changed, page, `${String(from)} is not in the page`);
    const each = examine(changed).find(({ check }) => check.promise.includes(promise));
    assert.ok(each, `no check promises "${promise}"`);
    assert.match(each.faults.join('\n'), finds, `${promise}: ${to.slice(0, 80)}`);
    broken.add(each.check.promise);
  }
  assert.equal(broken.size, checks.length, 'a check has no page that breaks it');
  examined(context, breaches.length, checks.length, 'broken pages');
});

test('a check that has looked at nothing is under its floor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-pages-'));
  folders.push(folder);
  for (const { check } of examineSite({ folder, base: '/', siteUrl: '' }, checks)) {
    assert.equal(check.examined(), 0, check.promise);
    assert.ok(Math.max(1, check.floor(0)) > check.examined(), check.promise);
  }
});
