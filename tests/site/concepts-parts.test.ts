import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseCatalogue } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { disputeOf } from '../../src/site/components/concepts/dispute.ts';
import { listedDifferences } from '../../src/site/components/concepts/listed-differences.ts';
import { namedEntries } from '../../src/site/components/concepts/named-entries.ts';
import { termAnchors } from '../../src/site/components/concepts/term-anchors.ts';
import { typicalEntries } from '../../src/site/components/concepts/typical-entries.ts';
import type { TaxonomyClass } from '../../src/taxonomy/index.ts';
import { examined } from './examined.ts';

const { methods } = parseCatalogue(readContentFolder(join(import.meta.dirname, '..', '..', 'content')));
const entry = (id: string) => {
  const found = methods.find(({ data }) => data.id === id)?.data;
  assert.ok(found, id);
  return found;
};
const text: TaxonomyClass = { configuration: ['fixed'], location: ['input'], operator: ['concatenative'], alignment: ['identity'] };
const program: TaxonomyClass = { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['statistical'] };

test('an argument is about the dimension of the first value that it names and the entry does not have', () => {
  const cases: readonly (readonly [string, TaxonomyClass, string, readonly string[]])[] = [
    ['Structural, because the answer has to be cut out of a long reply.', text, 'alignment', ['structural']],
    ['Structural and statistical, when sampled chains are counted.', text, 'alignment', ['structural', 'statistical']],
    ['Averaging is a fixed rule, so structural could stand beside it.', program, 'alignment', ['structural']],
    ['The border reading (concatenative) is possible as well.', program, 'operator', ['concatenative']],
    ['After the search the prompt is fixed text.', program, 'configuration', ['fixed']],
    ['The first layer stands at the embedding.', program, 'location', ['embedding']],
    ['The prompt depends on the input through a network.', { ...program, location: ['hidden'] }, 'other', []],
    ['In the second stage the language model is trained, so the model is not frozen.', program, 'frozen', []],
    ['Replacement is no value, so additive is the nearest.', program, 'operator', []],
    ['Somebody may see compression here.', program, 'other', []],
  ];
  for (const [argument, of, about, proposed] of cases) assert.deepEqual(disputeOf(argument, of), { about, proposed }, argument);
});

test("a row of the companion list that says the entry's values in its own spelling is no difference", (t) => {
  const listed = methods.filter(({ data }) => data.classification?.listed);
  examined(t, listed.length, 60, 'rows of the companion list');
  const differing = listed.filter(({ data }) => listedDifferences(data).length > 0).map(({ data }) => data.id);
  assert.ok(differing.length > 0 && differing.length < listed.length / 4, differing.join(', '));
  assert.deepEqual(listedDifferences(entry('bar')).map(({ dimension, listed: there, here }) => [dimension, there, here.join()]), [
    ['operator', 'statistical / linear', 'additive'],
    ['alignment', 'identity', 'statistical'],
  ]);
  assert.deepEqual(listedDifferences(entry('attrvr')), []);
});

test('every anchor of a map between words is its own, and the first of a word is the word', () => {
  const anchors = termAnchors(['visual prompt', 'P-tuning', 'visual prompt', 'pattern–verbalizer pair'].map((term) => ({ term })));
  assert.deepEqual(anchors, ['visual-prompt', 'p-tuning', 'visual-prompt-2', 'pattern-verbalizer-pair']);
});

test('the examples of a value have it, begin with those that the text names, and then those measured', () => {
  const all = methods.map(({ data }) => data);
  const measured = new Set(['blm', 'ilm-vp']);
  const named = namedEntries('See [VP](../../methods/vp/), [GPF](../methods/gpf/#x) and again [VP](../../methods/vp/); not [this](../concepts/fixed/).');
  assert.deepEqual(named, ['vp', 'gpf']);
  const found = typicalEntries(all, 'operator', 'additive', { named, isMeasured: ({ id }) => measured.has(id) });
  assert.deepEqual(found.map(({ id }) => id).slice(0, 2), ['vp', 'gpf']);
  assert.deepEqual(new Set(found.map(({ id }) => id).slice(2, 4)), measured);
  assert.ok(found.every(({ operator }) => operator?.includes('additive')));
  assert.equal(found.length, all.filter(({ operator }) => operator?.includes('additive')).length);
});
