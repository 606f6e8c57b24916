import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCatalogue, validateContent } from '../../src/knowledge/index.ts';
import type { ContentFile } from '../../src/knowledge/index.ts';
import { clean, today } from './catalogue.ts';

const work = `@misc{poe2026gamma,
  title = {Gamma Rays},
  author = {Poe, Jane},
  year = {2026},
  eprint = {2601.00009},
}`;

/** An entry that brings its paper along. */
function withOwnWork(bibtex: string): readonly ContentFile[] {
  const alpha = clean.find(({ path }) => path === 'methods/alpha.md')?.text ?? '';
  const block = bibtex.split('\n').map((line) => `  ${line}`).join('\n');
  const text = alpha
    .replace('id: alpha', 'id: gamma')
    .replace('name: Alpha', 'name: Gamma')
    .replace(/title: .*/, 'title: Gamma Rays')
    .replace(/authors: .*/, 'authors: [Jane Poe]')
    .replace('year: 2023', 'year: 2026')
    .replace(/paper: .*/, `paper: poe2026gamma\nbibtex: |\n${block}`)
    .replaceAll('doe2023alpha', 'poe2026gamma')
    .replace(/implementation: .*\n/, '');
  return [...clean, { path: 'methods/gamma.md', text }];
}

const found = (files: readonly ContentFile[]) =>
  validateContent(files, { today }).errors.map(({ file, line, column, rule, fixed }) => ({ file, line, column, rule, fixed }));

/** Where a text stands in a file, from 1. */
function placeOf(files: readonly ContentFile[], path: string, part: string): { line: number; column: number } {
  const before = (files.find((file) => file.path === path)?.text.split(part)[0] ?? '').split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

test('one file is enough: an entry may bring the BibTeX of its paper along', () => {
  const files = withOwnWork(work);
  assert.deepEqual(found(files), []);
  const { works } = parseCatalogue(files);
  assert.equal(works.get('poe2026gamma')?.title, 'Gamma Rays');
  assert.ok(works.size >= 3);
});

test('a mistake in it is found at its place in the entry, with the line to paste', () => {
  const files = withOwnWork(work.replace('2601.00009', 'arXiv:2601.00009'));
  const place = placeOf(files, 'methods/gamma.md', 'arXiv:2601.00009');
  assert.deepEqual(found(files), [{ file: 'methods/gamma.md', ...place, rule: 'malformed-identifier', fixed: '    eprint = {2601.00009},' }]);
});

test('a work that the bibliography has already is not brought along again', () => {
  const files = withOwnWork(work.replace('Gamma Rays', 'Alpha').replace('2601.00009', '2301.00001'));
  const rules = found(files).filter(({ rule }) => rule === 'duplicate-work');
  assert.deepEqual(rules.map(({ file }) => file), ['methods/gamma.md']);
});

test('BibTeX that cannot be read is told once, in the entry, and hides nothing else', () => {
  const files = withOwnWork(work.replace('title = {Gamma Rays},', 'title = {Gamma Rays,'));
  const here = found(files).filter(({ rule }) => rule === 'bibtex-syntax');
  assert.ok(here.length >= 1 && here.every(({ file }) => file === 'methods/gamma.md'), JSON.stringify(found(files)));
});
