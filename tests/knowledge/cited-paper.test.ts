import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PaperError, paperFromBibtex, paperFromParts, readBibliography } from '../../src/knowledge/index.ts';

const bibliography = readBibliography(`@inproceedings{doe2023alpha,
  title = {Alpha: a first letter},
  author = {Doe, Jane and Roe, Richard},
  booktitle = {ICML},
  year = {2023},
  eprint = {2301.00001},
}
`);

test('a paper that the bibliography has keeps its key and adds nothing', () => {
  const twins = [
    { arxiv: '2301.00001v2', title: 'Another title' },
    { arxiv: '2401.00002', title: 'ALPHA, a First Letter' },
  ];
  for (const twin of twins) {
    const paper = paperFromParts({ ...twin, authors: ['Jane Doe'], year: 2023 }, bibliography);
    assert.deepEqual([paper.key, paper.bibtex, paper.title], ['doe2023alpha', '', 'Alpha: a first letter']);
  }
});

test('a key gets the form of the project, and a letter where another work has it', () => {
  const typed = { arxiv: '2401.00002', title: 'On the Beta of Nets', authors: ['Søren van der Ölm', 'others'], year: 2024 };
  const paper = paperFromParts(typed, bibliography);
  assert.equal(paper.key, 'olm2024beta');
  assert.match(paper.bibtex, /author = \{van der Ölm, Søren and others\}/);
  const both = readBibliography(`${paper.bibtex}\n`);
  assert.equal(paperFromParts({ ...typed, arxiv: '2401.00003', title: 'Beta again' }, both).key, 'olm2024betab');
});

test('what is written can be read back as the same work', () => {
  const typed = { arxiv: '2401.00002', doi: '10.1000/x', title: 'Beta: 100% & more', authors: ['Jane Doe', 'Richard Roe'], year: 2024, venue: 'ICLR' };
  const { bibtex, key, authors, venue } = paperFromParts(typed, bibliography);
  const { works, mistakes } = readBibliography(bibtex);
  assert.deepEqual(mistakes, []);
  const work = works.get(key);
  assert.deepEqual([work?.title, work?.arxiv, work?.doi, work?.venue, work?.year], [typed.title, typed.arxiv, typed.doi, 'ICLR', 2024]);
  assert.deepEqual(authors, typed.authors);
  assert.equal(venue, 'ICLR');
});

test('what is not one complete entry is refused with a sentence', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /no entry/],
    ['hello', /can't be taken|no entry/],
    ['@article{a, title = {A}, author = {B}, year = {2020}}\n@article{c, title = {C}, author = {D}, year = {2021}}', /2 entries/],
    ['@article{a, author = {B}, year = {2020}}', /title/],
    ['@article{a, title = {A}, author = {B}, year = {2020}, doi = {x}}', /DOI/],
    ['@article{a, title = {A, author = {B}, year = {2020}}', /can't be taken/],
  ];
  for (const [text, reason] of refused) {
    assert.throws(() => paperFromBibtex(text, bibliography), (error: unknown) => error instanceof PaperError && reason.test(error.message), text);
  }
  assert.throws(() => paperFromParts({ title: 'A', authors: ['B'], year: 2020 }, bibliography), /arXiv number or a DOI/);
  assert.throws(() => paperFromParts({ arxiv: '2401.00001', title: 'A', authors: [], year: 2020 }, bibliography), /authors/);
});
