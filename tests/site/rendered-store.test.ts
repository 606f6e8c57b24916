import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { renderedStore, type RenderedText } from '../../src/site/data/rendered-store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-rendered-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const texts = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

/** Renders to a page that says how often it was asked. */
function counting(): { readonly make: () => Promise<RenderedText>; readonly count: () => number } {
  let made = 0;
  return {
    make: () => Promise.resolve({ html: `<p>${(made += 1)}</p>`, headings: [{ depth: 2, slug: 'a', text: 'A' }] }),
    count: () => made,
  };
}

test('a text is made once for what it depends on, in this build and in later ones', async () => {
  const { make, count } = counting();
  const first = await renderedStore(folder, 'code').of(['text', ['work']], make);
  assert.deepEqual(await renderedStore(folder, 'code').of(['text', ['work']], make), first);
  assert.equal(count(), 1);
});

test('another text, another work or other code makes it anew', async () => {
  const { make, count } = counting();
  await renderedStore(folder, 'code').of(['text', ['work']], make);
  await renderedStore(folder, 'code').of(['other text', ['work']], make);
  await renderedStore(folder, 'code').of(['text', ['other work']], make);
  await renderedStore(folder, 'other code').of(['text', ['work']], make);
  assert.equal(count(), 4);
});

test('what can’t be read is made anew', async () => {
  const { make, count } = counting();
  await renderedStore(folder, 'code').of(['text'], make);
  const [file] = texts();
  assert.ok(file);
  for (const broken of ['{"html":', '{"html":3}']) {
    writeFileSync(join(folder, file), broken);
    await renderedStore(folder, 'code').of(['text'], make);
  }
  assert.equal(count(), 3);
});

test('what a build had no use for goes once it is more than twice what it used', async () => {
  const { make } = counting();
  const before = renderedStore(folder, 'code');
  for (const text of ['a', 'b', 'c', 'd']) await before.of([text], make);
  for (const [used, left] of [[['a', 'b'], 4], [['a'], 1]] as const) {
    const store = renderedStore(folder, 'code');
    for (const text of used) await store.of([text], make);
    store.tidy();
    assert.equal(texts().length, left);
  }
});
