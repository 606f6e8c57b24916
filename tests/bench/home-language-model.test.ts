import assert from 'node:assert/strict';
import test from 'node:test';
import { trainHomeLanguageModel } from '../../src/bench/train-home-language-model.ts';
import { homeRecipes } from '../../src/bench/home-recipes.ts';
import type { LanguageRecipe } from '../../src/bench/home-recipes.ts';
import type { HomeModel } from '../../src/bench/home-model.ts';
import { languageWords } from '../../src/tasks/index.ts';
import { disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { noAssets } from '../tasks/fixtures.ts';

const found = homeRecipes.find((recipe): recipe is LanguageRecipe => 'language' in recipe);

async function firstSteps(recipe: LanguageRecipe, steps: number): Promise<Omit<HomeModel, 'weights'>> {
  const { weights, ...made } = await trainHomeLanguageModel(recipe, { assets: noAssets, steps });
  disposeParams(weights);
  return made;
}

test('the first steps of the language model give the same bits every time, and leave no tensor behind', async () => {
  assert.ok(found);
  await useBackend('wasm');
  const recipe = { ...found, testDocuments: 8 };
  const one = await firstSteps(recipe, 2);
  const tensors = tf.memory().numTensors;
  const again = await firstSteps(recipe, 2);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(again, one);
  assert.equal(one.steps, 2);
  assert.match(one.trainedDigest, /^[0-9a-f]{64}$/u);
  assert.notEqual(one.digest, one.trainedDigest);
  assert.deepEqual(one.classes, languageWords);
  assert.equal(one.curve.length, 1);
  assert.ok((one.curve[0]?.loss ?? 0) > 1);
  assert.equal(Object.values(one.testByKind ?? {}).reduce((sum, { count }) => sum + count, 0), one.testCount);
  const other = await firstSteps({ ...recipe, seed: found.seed + 1 }, 1);
  assert.notEqual(other.trainedDigest, one.trainedDigest);
});

test('a recipe for another language is refused', async () => {
  assert.ok(found);
  await assert.rejects(trainHomeLanguageModel({ ...found, language: 'language/0' }, { assets: noAssets, steps: 1 }), /speaks language\/0; the language here is language\/1/);
});
