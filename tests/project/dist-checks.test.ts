import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { distChecks, readBuiltSite, type DistReport } from '../../scripts/dist/index.ts';

const page = (body: string, title = 'A', head = ''): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title><meta name="description" content="d">${head}</head><body><main>${body}</main></body></html>`;

async function report(context: TestContext, name: string, files: Readonly<Record<string, string>>): Promise<DistReport> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-dist-'));
  context.after(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const check = distChecks.find((one) => one.name === name);
  assert.ok(check, name);
  return check.check(readBuiltSite(folder));
}

test('links: a dead page, a dead file, a dead fragment and a missing slash are found, each with what there is', async (context) => {
  const { examined, findings } = await report(context, 'links', {
    'index.html': page(
      '<h1 id="top">A</h1><a href="/b/">1</a><a href="b/#in">2</a><a href="#top">3</a><a href="https://a.org/x">out</a>' +
        '<a href="/c/">4</a><a href="/b">5</a><a href="/b/#nowhere">6</a><img alt="" src="/p.png"><img alt="" src="/q.png">',
    ),
    'b/index.html': page('<h1 id="in">B</h1>', 'B'),
    'p.png': '',
  });
  assert.equal(examined, 8);
  assert.deepEqual(findings, [
    'index.html: /c/: there is no such page or file',
    'index.html: /b: write /b/ with its final slash',
    'index.html: /b/#nowhere: b/index.html has no #nowhere; it has #in',
    'index.html: /q.png: there is no such page or file',
  ]);
});

test('outline: what a page lacks or repeats is named', async (context) => {
  const { findings } = await report(context, 'outline', {
    'index.html': page('<h1>A</h1>'),
    'b/index.html': page('<h1 id="x">B</h1><h1 id="x">C</h1><img src="p.png">'),
    'c/index.html': '<html><body></body></html>',
  });
  assert.deepEqual(findings, [
    'b/index.html: has 2 h1 in place of one',
    'b/index.html: repeats the ids x',
    'b/index.html: has 1 pictures without alt',
    'c/index.html: <html> names no language',
    'c/index.html: has no title',
    'c/index.html: has no description',
    'c/index.html: has 0 h1 in place of one',
    'c/index.html: has no <main>',
    'index.html: has the title of b/index.html: "A"',
  ]);
});

test('self-hosted: scripts, pictures, styles and fonts of other hosts are found, links to follow are not', async (context) => {
  const { findings } = await report(context, 'self-hosted', {
    'index.html': page(
      '<a href="https://a.org">fine</a><img src="https://b.org/p.png"><script src="//c.org/s.js"></script><script src="/own.js"></script>',
      'A',
      '<link rel="stylesheet" href="https://d.org/s.css"><link rel="canonical" href="https://e.org/">',
    ),
    'style.css': '@font-face { src: url(https://f.org/f.woff2) } a { background: url("/own.png") }',
  });
  assert.deepEqual(findings.map((text) => text.replace(/^.*asks /, '')).sort(), [
    '//c.org/s.js',
    'https://b.org/p.png',
    'https://d.org/s.css',
    'https://f.org/f.woff2',
  ]);
});

test('records: a raw file without an anchor, or under another id, is found', async (context) => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(24));
  const { examined, findings } = await report(context, 'records', {
    [`records/${a}.json`]: JSON.stringify({ id: a }),
    [`records/${b}.json`]: JSON.stringify({ id: c }),
    [`records/${c}.json`]: JSON.stringify({ id: c }),
    'results/t/x/index.html': page(`<h1>T</h1><p id="${a}"></p><p id="run-${b}"></p>`),
  });
  assert.equal(examined, 3);
  assert.deepEqual(findings, [`records/${b}.json: holds the record ${c}`, `records/${c}.json: no page of results has its anchor`]);
});

test('an empty site gives every check nothing to look at', async (context) => {
  for (const { name } of distChecks) assert.equal((await report(context, name, { 'a.txt': '' })).examined, 0, name);
});
