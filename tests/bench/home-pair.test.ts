import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { homeRecipes } from '../../src/bench/home-recipes.ts';
import type { PairRecipe } from '../../src/bench/home-recipes.ts';
import type { HomeModel } from '../../src/bench/home-model.ts';
import { trainHomePair } from '../../src/bench/train-home-pair.ts';
import { captionWords } from '../../src/tasks/index.ts';
import { disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { noAssets } from '../tasks/fixtures.ts';

before(() => useBackend('wasm'));
const assets = nodeAssetSource({ offline: true });
const found = homeRecipes.find((recipe): recipe is PairRecipe => 'captions' in recipe) ?? assert.fail('no pair');
const small: PairRecipe = { ...found, pictures: 128, testPictures: 6, recipe: { ...found.recipe, batch: 16, schedule: { name: 'linear-warm-up-cosine', warmUp: 0.25 } } };

async function firstSteps(recipe: PairRecipe, steps: number): Promise<Omit<HomeModel, 'weights'>> {
  const { weights, ...made } = await trainHomePair(recipe, { assets, steps });
  disposeParams(weights);
  return made;
}

test('the first steps of the pair give the same bits every time, and leave no tensor behind', async () => {
  const one = await firstSteps(small, 3);
  const tensors = tf.memory().numTensors;
  const again = await firstSteps(small, 3);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(again, one);
  assert.equal(one.steps, 3);
  assert.match(one.trainedDigest, /^[0-9a-f]{64}$/u);
  assert.notEqual(one.digest, one.trainedDigest);
  assert.deepEqual(one.classes, captionWords);
  assert.equal(one.curve.length, 1);
  assert.ok((one.curve[0]?.loss ?? 0) > 1);
  assert.deepEqual(Object.keys(one.testByKind ?? {}), ['colour', 'shape', 'texture']);
  assert.equal(one.testCount, 18);
  const other = await firstSteps({ ...small, seed: found.seed + 1 }, 1);
  assert.notEqual(other.trainedDigest, (await firstSteps(small, 1)).trainedDigest);
});

test('the image tower begins with the weights of the vision transformer, and a step changes them and the text tower', async () => {
  const { tensors } = await assets.open(found.startsFrom.model);
  // the warm-up begins with a rate of 0, so that one step changes nothing
  const begun = (await trainHomePair(small, { assets, steps: 1 })).weights;
  const moved = (await trainHomePair(small, { assets, steps: 3 })).weights;
  let compared = 0;
  for (const [name, { values }] of tensors) {
    const own = begun[`image.${name}`];
    assert.equal(own === undefined, name.startsWith('head.'), name);
    if (!own) continue;
    assert.deepEqual(own.dataSync(), values, name);
    compared += 1;
  }
  assert.ok(compared > 50, String(compared));
  for (const name of ['image.embed.stem.0.weight', 'image.projection.weight', 'text.embed.token', 'text.projection.weight', 'logitScale']) {
    assert.notDeepEqual(moved[name]?.dataSync(), begun[name]?.dataSync() ?? assert.fail(name), name);
  }
  [begun, moved].forEach(disposeParams);
});

test('other captions, or weights to begin with that the recipe doesn’t know, are refused', async () => {
  await assert.rejects(trainHomePair({ ...found, captions: 'world-captions/0' }, { assets: noAssets, steps: 1 }), /knows world-captions\/0; the captions here are world-captions\/1/);
  const other = { ...found, startsFrom: { ...found.startsFrom, digest: '0'.repeat(64) } };
  await assert.rejects(trainHomePair(other, { assets, steps: 1 }), /begins with the weights 0{64} of world-vit; those here have the digest [0-9a-f]{64}/);
});
