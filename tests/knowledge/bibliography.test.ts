import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBibliography, shortCitation } from '../../src/knowledge/index.ts';

const committed = readFileSync(join(import.meta.dirname, '..', '..', 'content', 'references.bib'), 'utf8');

test('the committed bibliography is BibTeX without mistakes, and every work has an author and a year', () => {
  const { works, mistakes } = readBibliography(committed);
  assert.deepEqual(mistakes, []);
  assert.ok(works.size >= 25, `${works.size} works`);
  for (const work of works.values()) {
    assert.ok(work.authors.length > 0 && work.year !== undefined, work.key);
    assert.match(shortCitation(work), /\d{4}(, repository)?$/);
  }
});

test('accents and braces of BibTeX become letters', () => {
  const { works } = readBibliography('@article{a2020b,\n  title = {The {BLM} of M{\\"u}ller},\n  author = {M{\\"u}ller, {\\\'E}va},\n  year = {2020},\n}\n');
  assert.equal(works.get('a2020b')?.title, 'The BLM of Müller');
  assert.deepEqual(works.get('a2020b')?.authors, ['Éva Müller']);
});

test('a broken entry is named at its line, and the ones after it are still read', () => {
  const text = '@article{one2020a,\n  title = {One},\n  author {A, B},\n  year = {2020},\n}\n\n@article{two2020b,\n  title = {Two},\n  author = {C, D},\n  year = {2020},\n}\n';
  const { works, mistakes } = readBibliography(text);
  assert.deepEqual([...works.keys()], ['two2020b']);
  assert.equal(mistakes.length, 1);
  assert.equal(mistakes[0]?.rule, 'bibtex-syntax');
  assert.equal(mistakes[0]?.position.line, 3);
});

test('two entries for one work are found by DOI, by arXiv number and by title', () => {
  const entry = (key: string, title: string, more: string): string =>
    `@article{${key},\n  title = {${title}},\n  author = {A, B},\n  year = {2020},\n  ${more}\n}\n`;
  const pairs = [
    entry('a2020a', 'One', 'doi = {10.1000/x},') + entry('b2020b', 'Two', 'doi = {10.1000/X},'),
    entry('a2020a', 'One', 'eprint = {2001.00001},') + entry('b2020b', 'Two', 'eprint = {2001.00001v2},'),
    entry('a2020a', 'One and the {Same}', '') + entry('b2020b', 'one and the same', ''),
  ];
  for (const text of pairs) assert.deepEqual(readBibliography(text).mistakes.map(({ rule }) => rule), ['duplicate-work'], text);
});
