import assert from 'node:assert/strict';
import test from 'node:test';
import { languageLines } from '../../scripts/bench-engine/lines.ts';
import { languageShapes, languageSizes, madeUpQuestions, measureLanguage } from '../../scripts/bench-engine/language.ts';
import { randomLanguageModel } from '../../scripts/bench-engine/random-language-model.ts';
import { scorePlainly } from '../../scripts/bench-engine/score-plainly.ts';
import { trainingSteps } from '../../scripts/bench-engine/training-step.ts';
import { scoreChoices } from '../../src/bench/language/read-batch.ts';
import { methods } from '../../src/methods/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { disposeParams, tf, useBackend } from '../../src/tensor/index.ts';

const few = { questions: 3, shots: 2, tokens: 4, choices: 2, choiceTokens: 3 };
const tiny = {
  reading: { rows: 2, tokens: 3, newTokens: 2 },
  choosing: few,
  training: { rows: 2, tokens: 3, vectors: 2 },
};
const nothing = { name: 'nothing', operations: 1, run: () => undefined };

test('the language part measures every model of known shape and prints a line for everything', async () => {
  await useBackend('wasm');
  assert.deepEqual(languageShapes.map(([id]) => id), ['world-lm', 'stories260k']);
  for (const [name, architecture] of languageShapes) {
    const before = tf.memory().numTensors;
    const speeds = measureLanguage(name, architecture, { stock: nothing, own: nothing }, 1, tiny);
    assert.equal(tf.memory().numTensors, before, 'no tensor is left');
    const lines = languageLines(speeds);
    assert.equal(lines.length, 2 + speeds.rates.length + speeds.speedups.length);
    assert.match(lines[0] ?? '', new RegExp(name));
    assert.equal(lines.filter((line) => /tokens\/s$/.test(line)).length, 6);
    assert.deepEqual(lines.filter((line) => /goal/.test(line)).map((line) => /goal \d ×$/.exec(line)?.[0]), ['goal 3 ×', 'goal 3 ×', 'goal 1 ×']);
  }
});

test('both roads to the scores of choices come to the same', async () => {
  await useBackend('wasm');
  const [first] = languageShapes;
  const instruction = methods.find(({ id }) => id === 'few-shot-icl');
  assert.ok(first && instruction?.adaptLanguage);
  const [name, architecture] = first;
  const model = randomLanguageModel(name, architecture);
  const generator = createGenerator('questions');
  const { shared, own, choices } = madeUpQuestions((tokens) => Array.from({ length: tokens }, () => generator.integer(architecture.vocabulary)), { choosing: few });
  const adapted = instruction.adaptLanguage({ model, options: instruction.options, classTokens: null, instructionTokens: null });
  for (const rows of [shared, own, [...own, ...shared.map((row) => row.slice(2))]]) {
    const [cached, plain] = [scoreChoices({ model, adapted, params: {} }, rows, choices), scorePlainly(model, rows, choices)];
    assert.equal(plain.length, rows.length * choices.length);
    plain.forEach((score, at) => assert.ok(Math.abs(score - (cached[at] ?? NaN)) < 1e-3, `${score} and ${cached[at]}`));
  }
  disposeParams(model.weights);
});

test('steps with what stands in front read once, and again in every row, go the same way', async () => {
  await useBackend('wasm');
  const [first] = languageShapes;
  const method = methods.find(({ id }) => id === 'prompt-tuning');
  assert.ok(first && method?.adaptLanguage);
  const [name, architecture] = first;
  const model = randomLanguageModel(name, architecture);
  const adapted = method.adaptLanguage({ model, options: { tokens: languageSizes.training.vectors, start: 'random' }, classTokens: null, instructionTokens: null });
  const rows = [[1, 2, 3], [4, 5, 6]];
  const [once, again] = [trainingSteps(model, adapted, rows, Int32Array.of(7, 8)), trainingSteps(model, adapted, rows, Int32Array.of(7, 8), { plain: true })];
  for (let at = 0; at < 3; at += 1) {
    const [quick, slow] = [once.step(), again.step()];
    assert.ok(Math.abs(quick - slow) < 1e-3, `${quick} and ${slow}`);
  }
  once.dispose();
  again.dispose();
  disposeParams(model.weights);
});
