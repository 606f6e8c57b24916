import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCatalogue, synonymsOf } from '../../src/knowledge/index.ts';
import type { Synonym } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { contentFolder } from './content-folder.ts';

const catalogue = parseCatalogue(readContentFolder(contentFolder));
const synonyms = synonymsOf(catalogue);
const ids = ({ entries }: Synonym): readonly string[] => entries.map(({ kind, id }) => `${kind}/${id}`);

test('every alias leads to its entry, and every word of a map to the entries and the concept of its row', () => {
  let checked = 0;
  const leads = (word: string, as: Synonym['as'], wanted: string): void => {
    const found = synonyms.find((synonym) => synonym.as === as && synonym.word.toLowerCase() === word.toLowerCase());
    assert.ok(found, `"${word}" leads nowhere`);
    assert.ok(ids(found).includes(wanted), `"${word}" leads to ${ids(found).join(', ')} and not to ${wanted}`);
    checked += 1;
  };
  for (const { data } of catalogue.methods) for (const word of data.aliases ?? []) leads(word, 'alias', `methods/${data.id}`);
  for (const { data } of catalogue.concepts) {
    for (const word of data.aliases ?? []) leads(word, 'alias', `concepts/${data.id}`);
    for (const { term, methods = [], concept } of data.terms ?? []) {
      for (const id of methods) leads(term, 'term', `methods/${id}`);
      if (concept !== undefined) leads(term, 'term', `concepts/${concept}`);
      leads(term, 'term', `concepts/${data.id}`);
    }
  }
  assert.ok(checked > 300, `${checked} words`);
});

test('no word stands twice in one sense, and no entry twice under a word', () => {
  const words = synonyms.map(({ as, word }) => `${as} ${word.toLowerCase()}`);
  assert.equal(new Set(words).size, words.length);
  for (const synonym of synonyms) assert.equal(new Set(ids(synonym)).size, synonym.entries.length, synonym.word);
  assert.ok(words.length > 300, `${words.length} words`);
});

test('each meaning of a word gives its first entry before any gives its second, and pages that explain come last', () => {
  const map = catalogue.concepts.flatMap(({ data }) => data.terms ?? []);
  const ambiguous = [...new Set(map.map(({ term }) => term))].filter((word) => map.filter(({ term }) => term === word).length > 1);
  for (const word of ambiguous) {
    const firsts = new Set(map.filter(({ term }) => term === word).flatMap(({ methods }) => methods?.[0] ?? []));
    const found = synonyms.find((synonym) => synonym.as === 'term' && synonym.word === word);
    assert.deepEqual(new Set(found?.entries.slice(0, firsts.size).map(({ id }) => id)), firsts, word);
    const kinds = found?.entries.map(({ kind }) => kind) ?? [];
    assert.ok(kinds.lastIndexOf('methods') < kinds.indexOf('concepts'), word);
  }
  assert.ok(ambiguous.length > 0, 'no word has two meanings');
});
