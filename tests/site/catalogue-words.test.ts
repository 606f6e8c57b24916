import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Columns, Words } from '../../src/site/islands/catalogue/columns.ts';
import { matchWords, shelvesOf } from '../../src/site/islands/catalogue/match-words.ts';
import { examined } from './examined.ts';

const names = ['CoOp', 'CoCoOp', 'P-tuning v2', 'Prompt tuning', 'VPT', 'Léger'];
const columns: Columns = {
  schema: 'atlas-facets/1',
  of: '',
  ids: names.map((_, i) => `e${i}`),
  names,
  venues: { values: [], rows: [] },
  facets: [],
};
const words: Words = {
  schema: 'atlas-words/1',
  of: '',
  titles: ['Learning to Prompt', 'Conditional Prompt Learning', 'P-Tuning v2', 'The Power of Scale', 'Visual Prompt Tuning', 'A Title'],
  authors: [['Kaiyang Zhou'], ['Kaiyang Zhou'], ['Xiao Liu'], ['Brian Lester'], ['Menglin Jia'], ['José Núñez']],
  aliases: [['context optimisation'], [], ['deep prompt tuning'], ['soft prompt'], [], []],
  summaries: ['Learns context vectors.', 'Adds an image-dependent token to CoOp.', 'Prompts in every layer.', 'Learns a soft prompt.', 'Prompts for ViT.', 'Nothing.'],
};

const found = (query: string, shelves = shelvesOf(columns, words), inPages?: readonly number[]): readonly string[] =>
  [...matchWords(query, shelves, inPages)].toSorted(([, a], [, b]) => a - b).map(([row]) => names[row] ?? '');

test('words are found anywhere, without regard to case, accents and signs; the nearer place comes first', (context) => {
  const cases: readonly (readonly [query: string, names: readonly string[]])[] = [
    ['coop', ['CoOp', 'CoCoOp']],
    ['COCO', ['CoCoOp']],
    ['ptuning', ['P-tuning v2']],
    ['p-tuning v2', ['P-tuning v2']],
    ['leger', ['Léger']],
    ['nunez', ['Léger']],
    ['jia', ['VPT']],
    ['soft', ['Prompt tuning']],
    ['zhou token', ['CoCoOp']],
    ['prompt tuning', ['Prompt tuning', 'P-tuning v2', 'VPT']],
    ['no such word', []],
  ];
  for (const [query, wanted] of cases) assert.deepEqual(found(query), wanted, query);
  examined(context, cases.length, 10, 'queries');
});

test('names alone are enough for a first answer, and more texts only add to it', (context) => {
  let examinedQueries = 0;
  for (const query of ['coop', 'prompt', 'v2', 'zhou', 'e']) {
    const all = found(query);
    for (const name of found(query, shelvesOf(columns))) assert.ok(all.includes(name), `${query}: ${name}`);
    examinedQueries += 1;
  }
  examined(context, examinedQueries, 5, 'queries');
});

test('pages that only the full text finds come last, in its order, and nothing comes twice', () => {
  assert.deepEqual(found('coop', undefined, [4, 1, 3]), ['CoOp', 'CoCoOp', 'VPT', 'Prompt tuning']);
  assert.deepEqual(found('zhou', undefined, [1, 0]), ['CoCoOp', 'CoOp'], 'the full text orders what stands in one place');
});
