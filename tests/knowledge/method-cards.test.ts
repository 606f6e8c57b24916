import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { evaluateFormula, methodSchema, splitFrontMatter, statedClass } from '../../src/knowledge/index.ts';
import type { MethodEntry } from '../../src/knowledge/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { approach } from '../../src/bench/approaches.ts';
import { adaptedPair } from '../../src/bench/pair/open-pair.ts';
import { isPair, pairSetting, someClasses } from '../../src/bench/pair/pair-setting.ts';
import { wordingOf } from '../../src/bench/pair/wording-of.ts';
import { languageModelIds, languageModelRow, loadImageTextModel, modelRow } from '../../src/models/index.ts';
import type { FrozenImageTextModel, FrozenModel, LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { groupingMap, plainTexts } from '../../src/reprogramming/index.ts';
import type { Options } from '../../src/reprogramming/index.ts';
import { findTask } from '../../src/tasks/index.ts';
import { countNumbers, useBackend } from '../../src/tensor/index.ts';
import type { Params } from '../../src/tensor/index.ts';
import { formulaLetters } from '../methods/formula-letters.ts';
import { languageFormulaLetters } from '../methods/language-formula-letters.ts';
import { pairFormulaLetters } from '../methods/pair-formula-letters.ts';
import { runsOtherwise } from '../methods/runs-otherwise.ts';

const root = join(import.meta.dirname, '..', '..');
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const computedClass = z.record(z.string(), z.array(z.string())).nullable();
const methodCard = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  paper: z.string(),
  file: z.string(),
  taxonomy: computedClass,
  classes: z.array(computedClass),
  counts: z.array(z.object({ modelId: z.string(), taskId: z.string(), options: z.record(z.string(), scalar), trainable: z.number() })),
});
function cards<T>(folder: string, schema: z.ZodType<T>): readonly T[] {
  const path = join(root, 'benchmarks', 'cards', folder);
  return readdirSync(path).filter((file) => file.endsWith('.json')).map((file) => schema.parse(JSON.parse(readFileSync(join(path, file), 'utf8'))));
}

const methods = cards('methods', methodCard);
const entries = new Map(
  readdirSync(join(root, 'content', 'methods')).map((file): [string, MethodEntry] => {
    const front = splitFrontMatter(readFileSync(join(root, 'content', 'methods', file), 'utf8'));
    const entry = methodSchema.parse(front?.document.toJS());
    return [entry.id, entry];
  }),
);

before(() => useBackend('wasm'));

const models = new Map<string, FrozenModel>();

/** A model of the catalogue with drawn weights: counts don't depend on their values. */
function frozen(id: string): FrozenModel {
  const { architecture, homeMade } = modelRow(id);
  const model = models.get(id) ?? { id, architecture, weights: architecture.initialise(createGenerator(0)), digest: '', classes: [], homeMade };
  models.set(id, model);
  return model;
}

const ofLanguage = new Map<LanguageArchitecture, Params>();

function languageWeights(architecture: LanguageArchitecture): Params {
  const weights = ofLanguage.get(architecture) ?? architecture.initialise(createGenerator(0));
  ofLanguage.set(architecture, weights);
  return weights;
}

const pairs = new Map<string, FrozenImageTextModel>();

/** What a method trains on a pair, with the letters of the entries' formulas; the pair is the real one, with its own tokenizer. */
async function onPair(methodId: string, options: Options, modelId: string, taskId: string): Promise<{ readonly trainable: number; readonly letters: Record<string, number> }> {
  const model = pairs.get(modelId) ?? (await loadImageTextModel(modelId, nodeAssetSource({ offline: true })));
  pairs.set(modelId, model);
  const task = findTask(taskId);
  const { setting, dispose } = pairSetting(model, someClasses(wordingOf(model, task), 0, task.trainedClasses ?? task.classes.length), options);
  const method = approach(methodId);
  const adapted = adaptedPair(method, setting);
  const network = setting.classifier(plainTexts(setting.wording));
  const letters = pairFormulaLetters(model, { method, options, adapted, network });
  if ('dispose' in adapted) adapted.dispose();
  dispose();
  return { trainable: adapted.trainable, letters };
}

test('every implemented method has an entry that says what the engine says', () => {
  assert.ok(methods.length >= 10, `${methods.length} methods`);
  for (const card of methods) {
    const entry = entries.get(card.id);
    assert.ok(entry, `content/methods/${card.id}.md is missing`);
    assert.deepEqual(
      { name: entry.name, family: entry.family, paper: entry.paper, file: entry.implementation },
      { name: card.name, family: card.family, paper: card.paper, file: card.file },
      card.id,
    );
  }
});

test('the class in an entry is the class computed from the composition', () => {
  let examined = 0;
  for (const card of methods) {
    const entry = entries.get(card.id);
    assert.ok(entry, card.id);
    const stated = statedClass(entry) ?? null;
    const expected = stated && { ...stated, ...runsOtherwise.get(card.id) };
    // answers written and answers chosen among classes differ in their alignment: one of the two is the entry's
    const computed = card.classes.length > 1 ? card.classes : [card.taxonomy];
    assert.ok(computed.some((taxonomy) => isDeepStrictEqual(taxonomy, expected)), `${card.id}: ${JSON.stringify(computed)}`);
    for (const taxonomy of computed) {
      if (taxonomy === null || Object.keys(taxonomy).every((name) => taxonomy[name]?.length === 0 || name === 'alignment')) continue;
      assert.deepEqual({ ...taxonomy, alignment: [] }, { ...expected, alignment: [] }, card.id);
    }
    examined += 1;
  }
  assert.ok(examined >= 10, `${examined} methods`);
});

test('the file that an entry names is there', () => {
  const named = [...entries.values()].flatMap(({ implementation }) => (implementation === undefined ? [] : [implementation]));
  assert.ok(named.length >= 10, `${named.length} files`);
  for (const file of named) assert.ok(existsSync(join(root, file)), file);
});

test("an entry's formula gives the number of trained scalars of every cell", async () => {
  let [examined, examinedOnPairs] = [0, 0];
  for (const card of methods) {
    const formula = entries.get(card.id)?.trainable.formula ?? '';
    for (const { modelId, taskId, options, trainable } of card.counts) {
      const { classes, seriesLength } = findTask(taskId);
      if (isPair(modelId)) {
        const { trainable: engine, letters } = await onPair(card.id, options, modelId, taskId);
        const where = `${card.id} on ${modelId}, ${taskId}, ${JSON.stringify(options)}`;
        assert.equal(engine, trainable, where);
        assert.equal(evaluateFormula(formula, letters), trainable, where);
        examinedOnPairs += 1;
        continue;
      }
      if (languageModelIds.includes(modelId)) {
        const { architecture } = languageModelRow(modelId);
        assert.ok(architecture, modelId);
        const weights = languageWeights(architecture);
        const tokens = classes.length === 0 ? null : classes.map((_, k) => [k]);
        const tokenizer = { size: architecture.vocabulary, encode: () => [], decode: () => '', idOf: () => undefined, tokenOf: () => undefined };
        const given = { id: modelId, architecture, weights, digest: '', tokenizer, start: 0, homeMade: true };
        const adapted = approach(card.id).adaptLanguage?.({ model: given, options, classTokens: tokens, instructionTokens: [0] });
        assert.ok(adapted, card.id);
        // a network that makes the prefix is trained besides, which the entry says in words
        if (Number(options['network'] ?? 0) > 0) continue;
        const letters = languageFormulaLetters(given, adapted, options, classes.length);
        assert.equal(evaluateFormula(formula, letters), trainable, `${card.id} on ${modelId}, ${taskId}, ${JSON.stringify(options)}`);
        examined += 1;
        continue;
      }
      const model = frozen(modelId);
      const setting = { targets: classes.length, ...(seriesLength === undefined ? {} : { seriesLength }) };
      const adapted = approach(card.id).adapt({ ...setting, model, options, verbalizer: groupingMap(classes.map((_, k) => [k]), model.architecture.outputs) });
      const values = formulaLetters(model, adapted, options, setting);
      const trainsWeights = card.id === 'voice2series' && options['variant'] === 'code';
      // The code's variant trains all weights besides, which the entry says in words.
      const besides = trainsWeights ? countNumbers(model.weights) : 0;
      assert.equal(evaluateFormula(formula, values) + besides, trainable, `${card.id} on ${modelId}, ${taskId}, ${JSON.stringify(options)}`);
      examined += 1;
    }
  }
  assert.ok(examined >= 50, `${examined} cells`);
  assert.ok(examinedOnPairs >= 50, `${examinedOnPairs} cells on pairs`);
});
