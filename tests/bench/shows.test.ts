import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { prepareRun, releaseRun } from '../../src/bench/prepare-run.ts';
import { adaptWithRewind } from '../../src/bench/adapt-with-rewind.ts';
import { openSession, writeShows } from '../../src/bench/index.node.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import { wordsOf } from '../../src/bench/shows/near-words.ts';
import { pictureChange } from '../../src/bench/shows/picture-change.ts';
import { showRun } from '../../src/bench/shows/show-run.ts';
import { loadImageTextModel, oneTree } from '../../src/models/index.ts';
import type { FrozenImageTextModel } from '../../src/models/index.ts';
import { entered, inputAsSeen } from '../../src/reprogramming/index.ts';
import { recordLine, sealRecord } from '../../src/results/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { digestParams, disposeParams, tf } from '../../src/tensor/index.ts';
import { cellContext, doneRecord } from './cell-context.ts';

let context: CellContext;
let pair: FrozenImageTextModel;
const root = mkdtempSync(join(tmpdir(), 'shows-'));

before(async () => {
  context = await cellContext();
  pair = await loadImageTextModel('world-pair', context.assets);
});
after(() => {
  disposeParams(oneTree(pair.weights));
  rmSync(root, { recursive: true });
});

const asked = (methodId: string, options: CellRequest['options'] = {}, learningRate?: number): CellRequest => ({
  methodId,
  options,
  modelId: 'world-pair',
  taskId: 'world-tinted',
  split: { train: 20, test: 20 },
  epochs: learningRate === undefined ? 0 : 1,
  batch: 10,
  ...(learningRate === undefined ? {} : { learningRate }),
  seed: 1,
});

const bare = asked('clip-prompt-ensembling', { templates: 'one' });

test('the picture shown is the one that the network saw: without the method, it gives the same outputs', async () => {
  const plain = await prepareRun(bare, context, null);
  const requests = [
    asked('vp', { shape: 'frame', read: 'identity' }, 0.1),
    asked('vp', { shape: 'whole', read: 'identity' }, 0.01),
    asked('attrvr', {}, 0.03),
    asked('red-circle'),
  ];
  for (const request of requests) {
    const prepared = await prepareRun(request, context, null);
    const { adapted, params } = await adaptWithRewind(prepared);
    const seen = inputAsSeen(entered(adapted, params), prepared.drawing.measured.x);
    const [own, again] = [adapted.outputs(params, prepared.drawing.measured.x), plain.adapted.outputs({}, seen)];
    assert.deepEqual(Array.from(own.dataSync()), Array.from(again.dataSync()), request.methodId);
    assert.notDeepEqual(Array.from(seen.dataSync()), Array.from(prepared.drawing.measured.x.dataSync()), request.methodId);
    tf.dispose([seen, own, again]);
    disposeParams(params);
    releaseRun(prepared);
  }
  releaseRun(plain);
});

test('a change is drawn around grey, on the scale that it states', () => {
  const x = tf.tensor4d([0.5, 0.5, 0.2, 0.9], [1, 2, 2, 1]);
  const addend = tf.tensor3d([0, 0.5, -0.25, 0.25], [2, 2, 1]);
  const act = { tower: 'image', site: { location: 'input' }, action: { operator: 'additive', addend: () => addend } } as const;
  const fixed = pictureChange([{ ...act, λ: {} }], x);
  assert.deepEqual([fixed.mean, fixed.largest], [0, 0.5]);
  // a line of one pixel around a change of 2 × 2 and a picture of 2 × 2
  assert.deepEqual([fixed.sheet.rows, fixed.sheet.columns], [4, 7]);
  const row = (at: number): number[] => Array.from(fixed.sheet.pixels.subarray(at * 7, (at + 1) * 7));
  assert.deepEqual(row(1), [255, 128, 255, 255, 128, 255, 255]);
  assert.deepEqual(row(2), [255, 64, 191, 255, 0, 255, 255]);
  // −0.05 and 1.15
  assert.equal(fixed.beyond, 0.5);
  const learned = pictureChange([{ ...act, λ: { some: addend } }], x);
  assert.ok(Math.abs(learned.mean - 0.5 / 3) < 1e-6 && Math.abs(learned.largest - (0.25 + 0.5 / 3)) < 1e-6);
  assert.equal(learned.sheet.pixels[7 + 1], 128, 'what nothing changes stays grey');
  tf.dispose([x, addend]);
});

test('a vector that is a word lies nearest to that word', () => {
  const words = wordsOf(pair);
  const { text } = pair.architecture;
  const ids = [pair.tokenizer.idOf('circle') ?? -1, pair.tokenizer.idOf('red') ?? -1];
  const vectors = tf.tidy(() => tf.mul(tf.reshape(text.language.embed(pair.weights.text, tf.tensor2d(ids, [1, 2], 'int32')), [2, -1]), 3));
  const nearest = words.nearest(vectors, 2);
  assert.deepEqual(nearest.map(([first]) => first), [{ word: 'circle', cosine: 1 }, { word: 'red', cosine: 1 }]);
  assert.ok(nearest.every(([first, second]) => first && second && second.cosine < first.cosine));
  assert.ok(words.apart > 0 && words.apart < 1);
  vectors.dispose();
  words.dispose();
});

test('what enters is told by tower, place and number, and whether it is learned', async () => {
  const words = wordsOf(pair);
  const shown = async (request: CellRequest) => {
    const prepared = await prepareRun(request, context, null);
    const { adapted, params } = await adaptWithRewind(prepared);
    const result = showRun({ adapted, params, pictures: prepared.drawing.measured.x, label: 2, words });
    disposeParams(params);
    releaseRun(prepared);
    return result;
  };
  const deep = await shown(asked('vpt-deep', { tokens: 3 }, 0.01));
  assert.deepEqual(deep.entering.map(({ block, count, what }) => [block, count, what]), [0, 1, 2, 3].map((block) => [block, 3, 'keys and values']));
  assert.equal(deep.change, null);
  const coupled = await shown(asked('maple', { vectors: 2, depth: 2 }, 0.003));
  assert.deepEqual(
    coupled.entering.map(({ tower, location, block, what, count }) => [tower, location, block, what, count]),
    [
      ['text', 'embedding', undefined, 'vectors', 2],
      ['image', 'embedding', undefined, 'tokens', 2],
      ['text', 'hidden', 1, 'tokens in place', 2],
      ['image', 'hidden', 1, 'tokens in place', 2],
    ],
  );
  assert.ok(coupled.entering.every(({ isLearned }) => isLearned));
  const own = await shown(asked('coop', { context: 'class-specific', vectors: 2 }, 0.01));
  assert.deepEqual([own.vectors?.of, own.vectors?.nearest.length, own.vectors?.nearest[0]?.length], ['each class', 2, 3]);
  const conditional = await shown(asked('cocoop', { vectors: 3 }, 0.01));
  assert.deepEqual([conditional.vectors?.of, conditional.vectors?.nearest.length], ['each picture', 3]);
  const written = await shown(asked('cupl'));
  assert.ok(written.texts?.length === 1 && written.texts[0]?.every((text) => text.includes('triangle')));
  assert.ok(written.entering.every(({ isLearned }) => !isLearned));
  assert.deepEqual((await shown(asked('linear-probe', { start: 'texts' }, 0.01))).entering, []);
  words.dispose();
});

const stored = z.object({
  column: z.string(),
  className: z.string(),
  pictures: z.object({ file: z.string(), classes: z.array(z.string()), rows: z.number(), columns: z.number() }),
  runs: z.array(z.object({ row: z.string(), record: z.string(), trainedDigest: z.string().nullable(), pictures: z.object({ file: z.string() }).optional() })),
});

const yaml = `id: small
title: A small table
question: What changes?
seeds: [1, 2]
tuning: {seed: 0, heldOut: 0.25}
blocks:
  - {model: world-pair, tasks: [world-tinted], split: {train: 20, test: 20}, epochs: 1, batch: 10, forwardMegaflops: 1}
rows:
  - methods: vp
    options: {shape: whole, read: identity}
    learningRates: [0.003, 0.01, 0.03]
  - methods: coop
    learningRates: [0.003, 0.01, 0.03]
  - methods: cupl
  - methods: linear-probe
    learningRates: [0.003, 0.01, 0.03]
`;

test('only runs that come out to the digest of their records are shown; the others are named', async () => {
  const folder = join(root, 'benchmarks');
  mkdirSync(join(folder, 'tables'), { recursive: true });
  mkdirSync(join(folder, 'records'));
  writeFileSync(join(folder, 'tables', 'small.yaml'), yaml);
  const session = await openSession({ root, tables: ['small'] });
  await assert.rejects(writeShows(session, root, undefined), /has no record of world-pair\/world-tinted at seed 1 on wasm/);

  const grid = session.parts[0]?.grid;
  assert.ok(grid);
  const records: DoneRecord[] = [];
  for (const { spec } of grid.cells) {
    records.push(await doneRecord({ ...spec, seed: 1, ...(spec.learningRates ? { learningRate: 0.01 } : {}) }, context));
  }
  const [pixels, vectors, texts] = records;
  assert.ok(pixels && vectors && texts);
  // the record of another run: its parameters have another digest
  const { run: _, id: __, ...body } = vectors;
  const other = sealRecord({ ...body, result: { ...vectors.result, trainedDigest: digestParams({}) } });
  const lines = [pixels, other, texts, ...records.slice(3)].map((record) => `${recordLine(record)}\n`);
  writeFileSync(join(folder, 'records', 'small.jsonl'), lines.join(''));

  const [written] = await writeShows(session, root, undefined);
  assert.deepEqual(written?.written, [grid.rows[0]?.key, grid.rows[2]?.key]);
  assert.deepEqual(written?.left, [{ row: grid.rows[3]?.key, reason: 'it changes nothing of the input' }]);
  assert.equal(written?.different.length, 1);
  assert.match(written?.different[0] ?? '', new RegExp(`^coop.*${other.id}: trained again`));
  const shows = stored.parse(JSON.parse(readFileSync(join(folder, 'shows', 'small', 'shows.json'), 'utf8')));
  assert.deepEqual(shows.runs.map(({ record, trainedDigest }) => [record, trainedDigest]), [[pixels.id, pixels.result.trainedDigest], [texts.id, null]]);
  assert.equal(shows.className, shows.pictures.classes[0]);
  const files = readdirSync(join(folder, 'shows', 'small')).toSorted();
  assert.deepEqual(files, [`${pixels.id.slice(0, 12)}.png`, 'pictures.png', 'shows.json'].toSorted());
  for (const file of files.filter((name) => name.endsWith('.png'))) {
    const { width, height } = PNG.sync.read(readFileSync(join(folder, 'shows', 'small', file)));
    assert.deepEqual([width, height], [(shows.pictures.classes.length + 1) * (shows.pictures.columns + 1) + 1, shows.pictures.rows + 2]);
  }
});
