import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { homeRecipes } from '../../src/bench/home-recipes.ts';
import { buildTable, matchByContent, recordSchema, sealRecord } from '../../src/results/index.ts';
import type { DoneRecord, UnsealedRecord } from '../../src/results/index.ts';
import { answerOf, blocksOf, madeFor, modelFacts, ownAccuracyOf, shaped, shapedPair, takenBy, taskFacts } from '../../src/site/components/things/cards-of-things.ts';
import type { Wording } from '../../src/site/components/things/cards-of-things.ts';
import { commonJoins, joinsInWords, piecesOf } from '../../src/site/components/things/wording-in-words.ts';
import { metricLines } from '../../src/site/data/all-metrics.ts';
import { additionsOf, askingOf, asksModel, classTextsOf, meaningOf, orderInWords, readingInWords } from '../../src/site/data/asking.ts';
import { curveInWords, specInWords } from '../../src/site/data/spec-in-words.ts';
import { fixtureRecord } from '../results/fixtures.ts';
import { examined } from './examined.ts';

type Spec = DoneRecord['spec'];

const accuracy = { name: 'accuracy', split: 'test', label: 'Accuracy', scale: 100, unit: '%', decimals: 1, higherIsBetter: true } as const;
const plain = { wording: 0, instruction: false, steps: false, parts: false, shots: 0 };

interface Made {
  readonly spec: Partial<Spec>;
  readonly seed?: number;
  readonly options?: Spec['method']['options'];
  readonly names?: readonly string[];
  readonly metrics?: Readonly<Record<string, number>>;
  readonly asking?: { readonly wording: number; readonly order: number };
}

/** A made-up record of a language model, sealed and read again by the schema of records. */
function record({ spec, seed = 1, options = {}, names = [], metrics = { accuracy: 0.5 }, asking = { wording: 0, order: 0 } }: Made): DoneRecord {
  const base = fixtureRecord({ seed });
  assert.ok(base.status === 'done');
  const { id: _, run: __, ...rest } = base;
  const unsealed: UnsealedRecord = {
    ...rest,
    spec: { ...rest.spec, labelMap: null, recipe: null, asking: plain, ...spec, method: { ...rest.spec.method, options } },
    drawn: { splitDigest: 'd', map: null, mapDigest: null, asking },
    params: { ...rest.params, trainable: 4480, names: [...names] },
    result: { ...rest.result, metrics: Object.entries(metrics).map(([name, value]) => ({ name, split: 'test', value, n: 60 })) },
  };
  const parsed = recordSchema.parse(JSON.parse(JSON.stringify(sealRecord(unsealed))));
  assert.ok(parsed.status === 'done');
  return parsed;
}

const taxonomy = (configuration: 'fixed' | 'learnable', location: 'input' | 'embedding' | 'hidden', ...operator: readonly ('concatenative' | 'parametric')[]): NonNullable<Spec['taxonomy']> => ({
  configuration: [configuration],
  location: [location],
  operator: [...operator],
  alignment: ['structural'],
});

test('what a run adds to its language model is told at the place of its class', (t) => {
  const cases: readonly (readonly [Made, readonly string[]])[] = [
    [{ spec: { taxonomy: taxonomy('fixed', 'input', 'concatenative'), asking: { ...plain, instruction: true } } }, ['input words: the instruction']],
    [
      { spec: { taxonomy: taxonomy('fixed', 'input', 'concatenative'), asking: { ...plain, shots: 4, choice: 'random', redrawn: 0.5, steps: true } } },
      ['input words: 4 answered questions, 50 % of the answers drawn again at random', 'input words: the question, asked so that steps come first'],
    ],
    [{ spec: { taxonomy: taxonomy('fixed', 'input', 'concatenative'), asking: { ...plain, shots: 1, choice: 'similar', redrawn: 0 } } }, ['input words: 1 answered question, the most similar ones']],
    [{ spec: { taxonomy: taxonomy('fixed', 'input', 'concatenative'), asking: { ...plain, parts: true } } }, ['input words: the question in easier parts, one after the other']],
    [{ spec: { taxonomy: taxonomy('learnable', 'input', 'concatenative') }, options: { tokens: 4, candidates: 8 } }, ['input learned: 4 searched tokens in front']],
    [{ spec: { taxonomy: taxonomy('learnable', 'embedding', 'concatenative') }, options: { tokens: 16 } }, ['embedding learned: 16 learned vectors in front']],
    [{ spec: { taxonomy: taxonomy('learnable', 'embedding', 'concatenative', 'parametric') }, options: { tokens: 1 } }, ['embedding learned: 1 learned vector in front, made by a small network']],
    [{ spec: { taxonomy: taxonomy('learnable', 'embedding', 'concatenative') }, options: { tokens: 8, dimension: 32 } }, ['embedding learned: 8 fixed vectors in front, moved by 32 searched numbers']],
    [{ spec: { taxonomy: taxonomy('learnable', 'hidden', 'concatenative') }, options: { tokens: 8, network: 0 } }, ['hidden learned: 8 learned keys and values in every block']],
    [{ spec: { taxonomy: taxonomy('learnable', 'hidden', 'concatenative') }, options: { tokens: 8, network: 64 } }, ['hidden learned: 8 learned keys and values in every block, made by a small network']],
    [{ spec: { taxonomy: null }, names: ['lora.0.query.down'] }, ['hidden learned: 4,480 numbers trained in or beside its weights']],
    [{ spec: { taxonomy: null }, names: ['alignment.weight'] }, []],
  ];
  for (const [made, expected] of cases) {
    assert.deepEqual(additionsOf(record(made)).map(({ location, kind, what }) => `${location} ${kind}: ${what}`), expected);
  }
  assert.equal(askingOf(fixtureRecord().spec), null);
  examined(t, cases.length, 10, 'compositions');
});

test('how the answer is read is told from the rule of the record, or from what it measured and trained', () => {
  const rule = "largest sum of the log-probabilities of a class's words";
  assert.equal(readingInWords(record({ spec: { labelMap: { rule, ties: 'first class' } } })), `${rule}; of equals the first class`);
  const voted = { rule: 'the answer behind the steps', ties: 'earliest sample', samples: 8, temperature: 0.7 };
  assert.equal(readingInWords(record({ spec: { labelMap: voted } })), 'the answer behind the steps; samples 8; temperature 0.7; of equals the earliest sample');
  assert.match(readingInWords(record({ spec: {}, metrics: { accuracy: 0, 'no answer read': 1 } })), /^what the model writes/);
  assert.match(readingInWords(record({ spec: {}, names: ['alignment.weight', 'manipulation.0.prefix'] })), /^a learned linear map/);
  const untrained = { ...taxonomy('learnable', 'hidden', 'concatenative'), alignment: ['linear' as const] };
  assert.match(readingInWords(record({ spec: { taxonomy: untrained } })), /^a learned linear map/);
  const baseline = record({ spec: { taxonomy: null } });
  assert.match(readingInWords(baseline), /without the model$/);
  assert.deepEqual([asksModel(baseline), asksModel(record({ spec: { taxonomy: untrained } }))], [false, true]);
});

test('a search is told of as a search, a training as before', () => {
  const course = { schedule: { name: 'constant' }, epochs: 2, batch: 8, steps: 24, initial: 'z = 0' };
  const rows = (recipe: Spec['recipe'], asking?: Spec['asking']): Readonly<Record<string, string>> =>
    Object.fromEntries(specInWords(record({ spec: { recipe, ...(asking === undefined ? {} : { asking }) } })));
  const strategy = { ...course, optimiser: { name: 'cma-es', population: 12 }, learningRate: 3 };
  const evolved = rows(strategy);
  assert.match(evolved['Optimiser'] ?? '', /^CMA-ES.*12 candidates a generation$/);
  assert.equal(evolved['First step size σ'], '3');
  assert.match(evolved['Training'] ?? '', /^24 candidates tried.*2 epochs.*batches of 8$/);
  assert.deepEqual([evolved['Learning rate'], evolved['Schedule']], [undefined, undefined]);
  assert.equal(rows({ ...strategy, learningRate: null })['First step size σ'], '1');
  const swaps = { ...course, optimiser: { name: 'swap-tokens', candidates: 8 }, learningRate: null };
  assert.match(rows(swaps)['Optimiser'] ?? '', /8 candidates/);
  assert.match(rows(swaps)['Learning rate'] ?? '', /^none/);
  const trained = { ...course, optimiser: { name: 'adam' }, learningRate: 0.03, schedule: { name: 'cosine' } };
  assert.deepEqual(
    ['Optimiser', 'Learning rate', 'Schedule', 'Training', 'Start'].map((label) => rows(trained)[label]),
    ['adam', '0.03', 'cosine', '2 epochs, batches of 8, 24 steps', 'z = 0'],
  );
  assert.deepEqual([strategy, swaps, trained, null].map((recipe) => curveInWords(recipe).by), ['generation', 'step', 'epoch', 'epoch']);
  const { labelMap, ...older } = fixtureRecord({}).spec;
  assert.ok(labelMap !== null && older.asking === undefined);
  const base = fixtureRecord();
  assert.ok(base.status === 'done');
  assert.match(Object.fromEntries(specInWords(base))['Label map'] ?? '', /greedy/);
  assert.equal(Object.fromEntries(specInWords(base))['Answer'], undefined);
});

test('every measure of a cell stands with its mean and interval, the one of the table in the table’s words', () => {
  const runs = [
    { accuracy: 0.4, 'accuracy, lenient reader': 0.5, 'no answer read': 0.2 },
    { accuracy: 0.6, 'accuracy, lenient reader': 0.7, 'no answer read': 0 },
  ].map((metrics, at) => record({ spec: {}, seed: at + 1, metrics }));
  const lines = metricLines(runs, accuracy);
  assert.deepEqual(lines.map(({ metric }) => metric.name), ['accuracy', 'accuracy, lenient reader', 'no answer read']);
  // Two runs: the half width is t(0.975; 1) · s / √2 with s = 0.1 · √2.
  const half = (12.7062 * 0.1 * 100).toFixed(1);
  assert.deepEqual(lines.map(({ cell }) => cell.text), [`50.0 ± ${half}`, `60.0 ± ${half}`, `10.0 ± ${half}`]);
  assert.deepEqual(lines.map(({ range }) => range), [[0.4, 0.6], [0.5, 0.7], [0, 0.2]]);
  const rows = [{ key: 'r', label: 'r', methodId: 'ilm-vp', options: {}, family: 'MR' as const }];
  const columns = [{ key: 'c', modelId: 'world-vit', taskId: 'mnist', label: 'c' }];
  const table = buildTable({ id: 't', title: 't', question: 't', rows, columns, match: matchByContent(rows, columns), seeds: [1, 2] }, runs);
  assert.equal(table.cells[0]?.[0]?.text, lines[0]?.cell.text);
  assert.deepEqual(metricLines([record({ spec: {} })], accuracy).map(({ cell }) => cell.n), [1]);
});

test('a measure is explained among those it stands beside', () => {
  assert.match(meaningOf('accuracy', ['accuracy', 'accuracy, lenient reader']) ?? '', /strict reader/);
  assert.equal(meaningOf('accuracy', ['accuracy']), undefined);
  assert.ok(meaningOf('no answer read', []));
  assert.equal(meaningOf('some measure of tomorrow', []), undefined);
  assert.equal(new Set([0, 1, 2, 3].map(orderInWords)).size, 4);
});

const made = {
  trainedDigest: 't',
  steps: 20,
  taskDigest: 'd',
  testAccuracy: 0.9,
  testCount: 100,
  backend: { name: 'wasm', kernels: 'own-simd/1' },
  seconds: 60,
};

test('the card of a language model is read with and without its shape, and with how it was made from documents', () => {
  const card = { kind: 'language', digest: 'd', classes: [] };
  const shape = { parameters: 800, input: 'text of at most 80 tokens out of 71', blocks: 4, width: 128, heads: 8, keyValueHeads: 8, outputs: 71 };
  assert.equal(shaped(modelFacts.parse(card)), undefined);
  assert.equal(shaped(modelFacts.parse({ ...card, ...shape }))?.outputs, 71);
  assert.equal(ownAccuracyOf(modelFacts.parse(card)), undefined);
  const home = homeRecipes.filter((recipe) => !('captions' in recipe)).map((recipe) => ({ ...made, recipe, curve: [{ loss: 1, ...('task' in recipe ? { epoch: 1 } : { step: 1 }) }] }));
  const network = { kind: 'transformer', parameters: 1, input: '32 × 32 × 3', blocks: 4, featureWidth: 8, outputs: 30 };
  for (const each of home) {
    const facts = modelFacts.parse(each.recipe.model === 'world-vit' ? { ...network, made: each } : { ...card, ...shape, made: each });
    assert.equal(ownAccuracyOf(facts), 0.9);
    assert.equal('task' in (facts.made?.recipe ?? {}), 'task' in each.recipe);
    if ('task' in each.recipe) assert.equal(madeFor(facts, each.recipe.task), 0.9);
    assert.equal(madeFor(facts, 'no such task'), undefined);
  }
  assert.ok(home.some(({ recipe }) => 'language' in recipe) && home.some(({ recipe }) => 'task' in recipe));
  assert.throws(() => modelFacts.parse({ ...card, made: { ...made, recipe: {} } }));
});

test('the card of a pair is read with and without its shape, and with how it was made from captions', () => {
  const card = { kind: 'image-text', classes: [] };
  const image = { input: '32 × 32 × 3', blocks: 4, width: 64, parameters: 100 };
  const text = { contextLength: 20, vocabulary: 54, blocks: 2, width: 64, heads: 4, parameters: 50 };
  const bare = modelFacts.parse(card);
  assert.deepEqual([shaped(bare), shapedPair(bare), takenBy(bare), blocksOf(bare)], [undefined, undefined, undefined, undefined]);
  const whole = modelFacts.parse({ ...card, digest: 'd', parameters: 151, image, text, embeddingWidth: 64 });
  assert.equal(shaped(whole), undefined, 'two towers are not drawn as one network');
  assert.equal(shapedPair(whole)?.embeddingWidth, 64);
  assert.match(takenBy(whole) ?? '', /32 × 32 × 3.*20 tokens out of 54/);
  assert.equal(blocksOf(whole), '4 for pictures, 2 for texts');
  assert.match(answerOf(whole), /any texts/);
  const captions = homeRecipes.filter((recipe) => 'captions' in recipe);
  assert.ok(captions.length > 0);
  for (const recipe of captions) {
    const facts = modelFacts.parse({ ...card, made: { ...made, recipe, testByKind: { shape: { accuracy: 0.8, count: 50 } } } });
    assert.equal(ownAccuracyOf(facts), 0.9);
    const own = facts.made?.recipe;
    assert.deepEqual(own && 'captions' in own && own.startsFrom, recipe.startsFrom);
    assert.equal(madeFor(facts, 'world-shapes'), undefined);
  }
});

test('a run on a pair says what its classes are called, and is not taken for a question in words', () => {
  const base = fixtureRecord();
  assert.ok(base.status === 'done');
  const pair = { ...base, spec: { ...base.spec, labelMap: null, asking: { texts: 'a photo of a {}', wording: 'abc123' } } };
  assert.equal(askingOf(pair.spec), null);
  assert.deepEqual(classTextsOf(pair.spec), { texts: 'a photo of a {}', wording: 'abc123' });
  const rows = Object.fromEntries(specInWords(pair));
  assert.match(rows['Class texts'] ?? '', /“a photo of a \{\}”.*abc123/);
  assert.deepEqual([rows['Label map'], rows['Answer']], ['none', undefined]);
  assert.equal(classTextsOf(base.spec), null);
  assert.equal(Object.fromEntries(specInWords(base))['Class texts'], undefined);
});

test('a harmonic mean stands beside what it is made of, each explained', () => {
  const shares = { accuracy: 0.5, 'harmonic mean': 0.48, 'trained classes': 0.6, 'unseen classes': 0.4 };
  const lines = metricLines([record({ spec: {}, metrics: shares })], accuracy);
  assert.deepEqual(lines.map(({ metric, cell }) => [metric.name, cell.intervalKind]), [
    ['accuracy', 'wilson'],
    ['harmonic mean', null],
    ['trained classes', 'wilson'],
    ['unseen classes', 'wilson'],
  ]);
  const names = Object.keys(shares);
  for (const name of names) assert.ok(meaningOf(name, names), name);
});

const wording: Wording = { instruction: null, ask: 'add {question} =', delimiter: ' ', end: ' ;', between: '\n\n' };

test('a template is shown whole, with its question marked and its lines to be seen', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      fc.pre(!`${before}{question}${after}`.replace('{question}', '').includes('{question}'));
      const pieces = piecesOf(`${before}{question}${after}`);
      assert.equal(pieces.filter(({ isSlot }) => isSlot).length, 1);
      assert.equal(pieces.map(({ text, isSlot }) => (isSlot ? '{question}' : text.replaceAll('⏎\n', '\n'))).join(''), `${before}{question}${after}`);
    }),
  );
  assert.deepEqual(piecesOf('{question}\nIt is'), [{ text: 'question', isSlot: true }, { text: '⏎\nIt is', isSlot: false }]);
});

test('what stands between the parts of a prompt is said once where all wordings have the same', () => {
  assert.match(joinsInWords(wording).join('; '), /stands a space; an answer ends with “ ;”; between the parts of a prompt stands “⏎⏎”$/);
  assert.equal(commonJoins([wording, { ...wording, ask: '{question}?' }]), joinsInWords(wording).join('; '));
  assert.equal(commonJoins([wording, { ...wording, end: '.' }]), null);
});

test('a task of texts may keep its questions to itself and still say how it is asked', () => {
  const card = { classes: ['no', 'yes'], counts: { train: 1, test: 1 }, digest: 'd', texts: { wordings: [{ ...wording, classWords: ['sad', 'happy'] }], samples: [], credit: null } };
  const facts = taskFacts.parse(card);
  assert.ok('texts' in facts && facts.texts?.wordings[0]?.classWords?.length === 2);
  assert.throws(() => taskFacts.parse({ ...card, texts: { ...card.texts, wordings: [] } }));
});
