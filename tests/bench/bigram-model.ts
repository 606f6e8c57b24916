import assert from 'node:assert/strict';
import type { PreparedLanguage } from '../../src/bench/language/prepare-language-run.ts';
import type { FrozenLanguageModel, LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { languageWords } from '../../src/tasks/index.ts';
import { digestParams, entry, tf } from '../../src/tensor/index.ts';
import { wordTokenizer } from '../../src/text/index.ts';

const vocabulary = languageWords.length;

/** A language model whose next word depends on the last one alone: it has no blocks, and a table of logits as its head. */
const architecture: LanguageArchitecture = {
  kind: 'language',
  vocabulary,
  contextLength: 256,
  width: vocabulary,
  depth: 0,
  heads: 1,
  keyValueHeads: 1,
  keyWidth: 1,
  embed: (_, ids) => tf.cast(tf.oneHot(ids, vocabulary), 'float32'),
  enter: (_, embeddings) => embeddings,
  blocks: () => [],
  features: (_, state) => tf.clone(state),
  classify: (weights, features) => tf.reshape(tf.matMul(tf.reshape(features, [-1, vocabulary]), entry(weights, 'table')), [...features.shape.slice(0, -1), vocabulary]),
  classifierWeights: ['table'],
  shapes: [['table', [vocabulary, vocabulary]]],
  initialise: () => assert.fail('not drawn'),
};

function modelOf(table: Float32Array): FrozenLanguageModel {
  const weights = { table: tf.tensor2d(table, [vocabulary, vocabulary]) };
  const tokenizer = wordTokenizer({ words: languageWords, start: '<s>', specials: ['<pad>'] });
  return { id: 'bigrams', architecture, weights, digest: digestParams(weights), tokenizer, start: tokenizer.idOf('<s>') ?? null, homeMade: true };
}

const numberOf = (word: string): number => {
  const number = languageWords.indexOf(word);
  assert.ok(number >= 0, word);
  return number;
};

/** Behind each word the one that `follows` says, almost surely; behind others any. */
export function bigrams(follows: Readonly<Record<string, string>>): FrozenLanguageModel {
  const table = new Float32Array(vocabulary * vocabulary);
  for (const [word, next] of Object.entries(follows)) table[numberOf(word) * vocabulary + numberOf(next)] = 40;
  return modelOf(table);
}

/** Behind each word any of `words`, with drawn probabilities; those that are favoured there e³ times as large. */
export function drawnBigrams(name: string, words: readonly string[], favoured: Readonly<Record<string, readonly string[]>> = {}): FrozenLanguageModel {
  const generator = createGenerator(name);
  const table = new Float32Array(vocabulary * vocabulary).fill(-40);
  for (let word = 0; word < vocabulary; word += 1) for (const next of words) table[word * vocabulary + numberOf(next)] = generator.normal();
  for (const [word, others] of Object.entries(favoured)) for (const next of others) table[numberOf(word) * vocabulary + numberOf(next)] = 3;
  return modelOf(table);
}

/** A run with another model in the place of its own. */
export function withModel(prepared: PreparedLanguage, model: FrozenLanguageModel): PreparedLanguage {
  const { method, options, classTokens } = prepared;
  assert.equal(classTokens, null);
  const adapted = method.adaptLanguage?.({ model, options, classTokens, instructionTokens: null }) ?? assert.fail();
  return { ...prepared, model, original: model, adapted };
}
