import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { readBibliography, shortCitation } from '../../src/knowledge/index.ts';
import type { Work } from '../../src/knowledge/index.ts';
import { contentFolder } from './content-folder.ts';

const committed = readFileSync(join(contentFolder, 'references.bib'), 'utf8');

/** The only work of a text. */
function workOf(text: string): Work {
  const [work, ...others] = readBibliography(text).works.values();
  assert.ok(work && others.length === 0, text);
  return work;
}

test('the committed bibliography is BibTeX without mistakes, and every work has an author and a year', () => {
  const { works, keys, mistakes } = readBibliography(committed);
  assert.deepEqual(mistakes, []);
  assert.ok(works.size >= 25, `${works.size} works`);
  assert.equal(works.size, keys.size);
  for (const work of works.values()) {
    assert.ok(work.authors.length > 0 && work.year !== undefined, work.key);
    assert.match(shortCitation(work), /\d{4}(, repository)?$/);
  }
});

test('accents and braces of BibTeX become letters, formatting goes, particles and suffixes stay', () => {
  const work = workOf('@article{a2020b,\n  title = {The {BLM} of M{\\"u}ller, \\emph{again}},\n  author = {M{\\"u}ller, {\\\'E}va and van der Maaten, Laurens and {The Group}},\n  journal = {Science \\& Art},\n  year = {2020},\n}\n');
  assert.equal(work.title, 'The BLM of Müller, again');
  assert.deepEqual(work.authors, ['Éva Müller', 'Laurens van der Maaten', 'The Group']);
  assert.deepEqual(work.familyNames, ['Müller', 'van der Maaten', 'The Group']);
  assert.equal(work.venue, 'Science & Art');
});

test('a list that ends with others is cited as et al.', () => {
  const work = workOf('@misc{a2020b,\n  title = {A},\n  author = {Doe, Jane and others},\n  year = {2020},\n}\n');
  assert.equal(shortCitation(work), 'Doe et al. 2020');
});

test('a broken entry is named at its line, mended where one line mends it, and the ones after it are read', () => {
  const text = '@article{one2020a,\n  title = {One},\n  author {A, B},\n  year = {2020},\n}\n\n@article{two2020b,\n  title = {Two},\n  author = {C, D},\n  year = {2020},\n}\n';
  const { works, mistakes } = readBibliography(text);
  assert.deepEqual([...works.keys()], ['one2020a', 'two2020b']);
  assert.deepEqual(mistakes.map(({ rule, position, fixed }) => ({ rule, line: position.line, fixed })), [{ rule: 'bibtex-syntax', line: 3, fixed: '  author = {A, B},' }]);
  const hopeless = readBibliography(text.replace('title = {One}', 'title = = {{One}'));
  assert.deepEqual([...hopeless.works.keys()], ['two2020b']);
  assert.deepEqual([...hopeless.keys], ['one2020a', 'two2020b']);
});

test('two entries for one work are found by DOI, by arXiv number and by title', () => {
  const entry = (key: string, title: string, more: string): string =>
    `@article{${key},\n  title = {${title}},\n  author = {A, B},\n  year = {2020},\n  ${more}\n}\n`;
  const pairs = [
    entry('a2020a', 'One', 'doi = {10.1000/x},') + entry('b2020b', 'Two', 'doi = {10.1000/X},'),
    entry('a2020a', 'One', 'eprint = {2001.00001},') + entry('b2020b', 'Two', 'eprint = {2001.00001v2},'),
    entry('a2020a', 'One and the {Same}', '') + entry('b2020b', 'one and the same', ''),
    entry('a2020a', 'Größe', '') + entry('b2020b', 'Gro{\\"o}sse', '').replace('Gro{\\"o}sse', 'Gr{\\"o}{\\ss}e'),
    entry('a2020a', '一', '') + entry('b2020b', '一', ''),
  ];
  for (const text of pairs) assert.deepEqual(readBibliography(text).mistakes.map(({ rule }) => rule), ['duplicate-work'], text);
  assert.deepEqual(readBibliography(entry('a2020a', '一', '') + entry('b2020b', '二', '')).mistakes, []);
});

test('comments stand anywhere between entries; anything else does not', () => {
  const entry = '@misc{a2020b,\n  title = {A},\n  author = {A, B},\n  year = {2020},\n}\n';
  assert.deepEqual(readBibliography(`% one\n${entry}% two {\n@comment{ three }\n`).mistakes, []);
  assert.deepEqual(readBibliography(`${entry}four\n`).mistakes.map(({ position }) => position), [{ line: 6, column: 1 }]);
});

test('whatever is damaged, nothing is thrown', () => {
  const sign = fc.constantFrom(...'{}=,"@\\%$~^_#&() \n\t\0a1é', '\\"', '@article{', '{{', '}}');
  const start = committed.slice(0, 4000);
  let examined = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(start.length - 1), sign, fc.nat(5)), { minLength: 1, maxLength: 4 }), (damages) => {
      let text = start;
      for (const [at, put, gone] of damages) text = text.slice(0, at) + put + text.slice(at + gone);
      const lines = text.split('\n').length;
      for (const { position } of readBibliography(text).mistakes) assert.ok(position.line >= 1 && position.line <= lines && position.column >= 1);
      examined += 1;
    }),
    { numRuns: 300 },
  );
  assert.ok(examined >= 300, `${examined} texts`);
});
