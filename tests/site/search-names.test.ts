import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classCode, classOfCode } from '../../src/site/search/class-code.ts';
import { editDistance } from '../../src/site/search/edit-distance.ts';
import { isSplit, nameFiles, nameLetters, shortForms, startOf } from '../../src/site/search/name-files.ts';
import { nameKey, plainLetters } from '../../src/site/search/name-key.ts';
import { keyed, nameMatches, nearestNames, startsOfQuery } from '../../src/site/search/name-matches.ts';
import { nameSource } from '../../src/site/search/name-source.ts';
import type { NameMatch } from '../../src/site/search/name-matches.ts';
import type { SearchRecord } from '../../src/site/search/search-record.ts';
import { alignments, configurations, locations, operators } from '../../src/taxonomy/index.ts';

test('spellings of one name have one key, and different names have different ones', () => {
  const same = [
    ['P-tuning v2', 'P-Tuning V2', 'p tuning v2', 'ptuning-v2'],
    ['(IA)^3', '(IA)³', 'IA3', 'ia 3'],
    ['E²VPT', 'E^2VPT', 'e2vpt'],
    ['soft prompt', 'Soft prompts', 'soft-prompts'],
    ['context optimisation', 'Context Optimization'],
    ['behaviour', 'behavior'],
    ['Rocktäschel', 'rocktaschel'],
    ['Michał', 'Michal'],
    ['colour prompts', 'color prompt'],
  ];
  for (const [first = '', ...others] of same) for (const other of others) assert.equal(nameKey(other), nameKey(first), `${first} / ${other}`);
  const keys = ['BLM', 'BLM+', 'BLM++', 'CoOp', 'CoCoOp', 'VP', 'VPT', 'λ', 'ω', 'τ'].map(nameKey);
  assert.equal(new Set(keys).size, keys.length);
});

test('a key stays the same when it is taken again, and knows no capitals and marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(plainLetters(plainLetters(text)), plainLetters(text));
      assert.ok(!/[A-Z\p{M}]/u.test(nameKey(text)));
    }),
  );
});

test('the distance of two words is that of their shortest chain of slips', () => {
  const oneSlip = (word: string): readonly string[] => [
    ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1)),
    ...Array.from({ length: word.length + 1 }, (_, i) => [...'ab'].map((letter) => word.slice(0, i) + letter + word.slice(i))).flat(),
    ...Array.from(word, (_, i) => [...'ab'].map((letter) => word.slice(0, i) + letter + word.slice(i + 1))).flat(),
    ...Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2)),
  ];
  const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b, 9);
      assert.equal(distance, editDistance(b, a, 9));
      if (distance === 0) assert.equal(a, b);
      if (a !== b && oneSlip(a).includes(b)) assert.equal(distance, 1);
      if (distance === 1) assert.ok(oneSlip(a).includes(b), `${a} → ${b}`);
      assert.equal(editDistance(a, b, 1), Math.min(distance, 2));
    }),
  );
});

test('a class survives its code, for every set of values', () => {
  const set = <T>(values: readonly T[]) => fc.subarray([...values]);
  const classes = fc.record({ configuration: set(configurations), location: set(locations), operator: set(operators), alignment: set(alignments) }, { noNullPrototype: true });
  fc.assert(fc.property(classes, (of) => assert.deepEqual(classOfCode(classCode(of)), of)));
  assert.equal(classOfCode('nonsense'), undefined);
});

test('short forms are what stands before a bracket, a colon, a comma or a symbol', () => {
  assert.deepEqual(shortForms('Structural (rule-based)'), ['Structural']);
  assert.deepEqual(shortForms('Chain-of-thought, seen through the framework'), ['Chain-of-thought']);
  assert.deepEqual(shortForms('Output alignment ω'), ['Output alignment', 'ω']);
  assert.deepEqual(shortForms('Location ℓ'), ['Location', 'ℓ']);
  assert.deepEqual(shortForms('BLM+'), []);
});

const record = (path: string, title: string, more: Partial<SearchRecord> = {}): SearchRecord => ({
  path,
  kind: 'method',
  title,
  aliases: [],
  terms: [],
  classed: [],
  authors: [],
  source: '',
  summary: '',
  text: '',
  ...more,
});
const records = [
  record('methods/blm/', 'BLM', { aliases: ['Bayesian label mapping'], authors: ['Chengyi Cai'] }),
  record('methods/blm-plus/', 'BLM+'),
  record('methods/prompt-tuning/', 'Prompt Tuning', { authors: ['Brian Lester'] }),
  record('methods/prefix-tuning/', 'Prefix-Tuning'),
  record('methods/spot/', 'SPoT'),
  record('concepts/prompt-tuning/', 'Prompt tuning', { kind: 'concept' }),
  record('map/learnable-input-additive-linear/', 'learnable · input · additive · linear', { kind: 'cell' }),
];
const refs = (...ids: readonly string[]) => ids.map((id) => ({ kind: 'methods' as const, id }));
const files = nameFiles(records, [{ word: 'soft prompt', as: 'term', entries: refs('prompt-tuning', 'spot', 'not-there') }], (path) => `id of ${path}`);
const every = [...files.values()].flatMap((file) => (isSplit(file) ? [] : [keyed(file)]));
const paths = (matches: readonly NameMatch[]): readonly string[] => matches.map(({ target }) => target[1]);

test('every name stands in the file of its first letter, with the page it leads to and its id', () => {
  assert.deepEqual([...files.keys()], nameLetters);
  let rows = 0;
  for (const [letter, file] of files) {
    assert.ok(!isSplit(file), `${letter} is split`);
    for (const [words, , to] of file.rows) {
      assert.equal(startOf(nameKey(words)).slice(0, 1), letter, words);
      for (const place of to) assert.equal(file.to[place]?.[3], `id of ${file.to[place]?.[1]}`);
      rows += 1;
    }
  }
  assert.ok(rows >= 10, `${rows} names`);
});

test('a name said whole comes before one that is begun; a plus tells two names apart', () => {
  assert.deepEqual(paths(nameMatches('blm', every)), ['methods/blm/', 'methods/blm-plus/']);
  assert.deepEqual(paths(nameMatches('BLM+', every)), ['methods/blm-plus/']);
  assert.deepEqual(paths(nameMatches('prompt tuning', every)).toSorted(), ['concepts/prompt-tuning/', 'methods/prompt-tuning/']);
  assert.deepEqual(paths(nameMatches('learnable input additive linear', every)), ['map/learnable-input-additive-linear/']);
  assert.deepEqual(paths(nameMatches('learnable', every)), []);
});

test('the words of others lead on in their order, and only to what is there', () => {
  const found = nameMatches('soft prompts', every);
  assert.deepEqual(paths(found), ['methods/prompt-tuning/', 'methods/spot/']);
  assert.ok(found.every(({ naming, meeting }) => naming === 'term' && meeting === 'whole'));
});

test('a slip or two are forgiven where no name is said whole, and a name within a question is heard', () => {
  assert.deepEqual(paths(nameMatches('prefx tuning', every)), ['methods/prefix-tuning/']);
  assert.deepEqual(paths(nameMatches('baysian labl mapping', every)), ['methods/blm/']);
  assert.deepEqual(paths(nameMatches('what is prefix-tuning good for', every)), ['methods/prefix-tuning/']);
  assert.deepEqual(paths(nameMatches('blx', every)), []);
  assert.deepEqual(nameMatches('', every), []);
});

test('where nothing is found the nearest names are proposed, authors among them', () => {
  assert.deepEqual(nearestNames('Lestre', every, 3), ['Lester']);
  assert.deepEqual(nearestNames('baysian', every, 3), ['Bayesian label mapping']);
  assert.deepEqual(nearestNames('qqqqq', every, 3), []);
});

test('the names that a query may say start as it does, as its words do, or with the first two letters swapped', () => {
  assert.deepEqual(startsOfQuery('soft prompt'), ['so', 'of', 'pr']);
  assert.deepEqual(startsOfQuery('λ'), ['_']);
  assert.deepEqual(startsOfQuery(''), []);
});

test('a letter with many names is split, and still gives each of them', async () => {
  const names = Array.from({ length: 2000 }, (_, i) => `m${String.fromCodePoint(97 + (i % 26))}${i}`);
  const many = names.map((name) => record(`methods/${name}/`, name.toUpperCase()));
  const split = nameFiles(many, [], (path) => path);
  assert.ok([...split.values()].every((file) => isSplit(file) || file.rows.length <= 700));
  const asked: string[] = [];
  const source = nameSource((name) => {
    asked.push(name);
    const file = split.get(name);
    return file ? Promise.resolve(file) : Promise.reject(new Error(`there is no file ${name}`));
  });
  for (const { title, path } of many.slice(0, 100)) {
    const [found] = nameMatches(title, await Promise.all(startsOfQuery(title).map(source)));
    assert.equal(found?.target[1], path);
  }
  assert.equal(new Set(asked).size, asked.length, 'a file was read twice');
  assert.ok(asked.includes('m') && asked.includes('ma'), asked.join(', '));
  await assert.doesNotReject(source('m9'));
});
