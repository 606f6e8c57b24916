import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import { drawShots, drawSplit, loadTask } from '../../src/tasks/index.ts';
import type { ExampleSet } from '../../src/tasks/index.ts';
import { noAssets, smallTask } from './fixtures.ts';

function countsOf({ labels }: ExampleSet, indices: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const index of indices) counts[labels[index] ?? -1] = (counts[labels[index] ?? -1] ?? 0) + 1;
  return counts;
}

const isAscending = (list: Int32Array): boolean => list.every((x, i) => i === 0 || x > (list[i - 1] ?? Infinity));

test('a split has the sizes asked for, no index twice, and nothing both trained on and held out', (t) => {
  let checked = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 80 }),
      fc.nat(1000),
      fc.nat(1000),
      fc.nat(1000),
      fc.integer(),
      (labels, a, b, c, seed) => {
        const task = smallTask(labels, labels, 5);
        const train = a % (labels.length + 1);
        const validation = b % (labels.length - train + 1);
        const sizes = { train, validation, test: c % (labels.length + 1) };
        const split = drawSplit(task, sizes, createGenerator(seed));
        assert.equal(split.train.length, train);
        assert.equal(split.validation.length, validation);
        assert.equal(split.test.length, sizes.test);
        for (const list of [split.train, split.validation, split.test]) {
          assert.ok(isAscending(list));
          assert.ok(list.every((index) => index >= 0 && index < labels.length));
        }
        assert.equal(new Set([...split.train, ...split.validation]).size, train + validation);
        checked += 1;
      },
    ),
    { numRuns: 300 },
  );
  t.diagnostic(`${checked} splits`);
  assert.ok(checked >= 300);
});

test('training draws and their held-out part have equal numbers of each class', async () => {
  const task = await loadTask('world-outlines', noAssets);
  const split = drawSplit(task, { train: 720, validation: 80, test: 500 }, createGenerator(3));
  assert.deepEqual(countsOf(task.train, split.train, 10), new Array(10).fill(72));
  assert.deepEqual(countsOf(task.train, split.validation, 10), new Array(10).fill(8));
  const uneven = drawSplit(task, { train: 723, validation: 7, test: 0 }, createGenerator(3));
  const counts = countsOf(task.train, uneven.train, 10);
  assert.equal(counts.reduce((sum, n) => sum + n), 723);
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
  assert.ok(Math.max(...countsOf(task.train, uneven.validation, 10)) <= 1);
});

test('a class that runs short gives all it has, and the others share the rest', () => {
  const labels = [...new Array<number>(3).fill(0), ...new Array<number>(50).fill(1), ...new Array<number>(50).fill(2)];
  const task = smallTask(labels, [0], 4);
  const split = drawSplit(task, { train: 43, validation: 0, test: 1 }, createGenerator(0));
  assert.deepEqual(countsOf(task.train, split.train, 4), [3, 20, 20, 0]);
});

test('one seed gives one split, another seed another, in each of its parts', async () => {
  const task = await loadTask('world-digits', noAssets);
  const sizes = { train: 360, validation: 40, test: 500 };
  const first = drawSplit(task, sizes, createGenerator(1));
  assert.deepEqual(drawSplit(task, sizes, createGenerator(1)), first);
  const other = drawSplit(task, sizes, createGenerator(2));
  assert.notEqual(other.digest, first.digest);
  for (const part of ['train', 'validation', 'test'] as const) assert.notDeepEqual(other[part], first[part]);
});

test('test pictures do not depend on the training draw, and smaller draws lie within larger ones', async () => {
  const task = await loadTask('world-digits', noAssets);
  const generator = createGenerator(5);
  const small = drawSplit(task, { train: 100, validation: 0, test: 300 }, generator);
  const large = drawSplit(task, { train: 1000, validation: 100, test: 300 }, generator);
  assert.deepEqual(small.test, large.test);
  const larger = new Set([...large.train, ...large.validation]);
  assert.ok(small.train.every((index) => larger.has(index)));
  const shots = [1, 4, 16].map((n) => drawShots(task, n, generator));
  shots.forEach((list, i) => {
    const next = new Set(shots[i + 1] ?? list);
    assert.ok(list.every((index) => next.has(index)));
    assert.ok(isAscending(list));
    assert.deepEqual(countsOf(task.train, list, 10), new Array(10).fill([1, 4, 16][i]));
  });
});

test('each picture of a class is drawn equally often over seeds', () => {
  const task = smallTask([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0], 2);
  const train = new Array<number>(10).fill(0);
  const tested = new Array<number>(5).fill(0);
  for (let seed = 0; seed < 2000; seed++) {
    const split = drawSplit(task, { train: 4, validation: 0, test: 2 }, createGenerator(seed));
    for (const i of split.train) train[i] = (train[i] ?? 0) + 1;
    for (const i of split.test) tested[i] = (tested[i] ?? 0) + 1;
  }
  // 800 expected, standard deviation 22
  for (const count of [...train, ...tested]) assert.ok(Math.abs(count - 800) < 90, `${count}`);
});

test('the split of seed 1 is the one written down here', async () => {
  const task = await loadTask('world-orientation', noAssets);
  const split = drawSplit(task, { train: 16, validation: 8, test: 6 }, createGenerator(1));
  assert.deepEqual([...split.train], [40, 245, 393, 633, 653, 944, 1343, 1570, 2308, 2643, 2699, 2775, 2972, 3022, 3370, 3782]);
  assert.deepEqual([...split.validation], [439, 670, 754, 888, 1836, 2229, 2875, 2897]);
  assert.deepEqual([...split.test], [90, 208, 530, 1538, 1578, 1880]);
  assert.equal(split.digest, '74746e9d21a8afb9779979931c2ec523d9535c4e27887990d2deae113ecf6f08');
});

test('a split or shots that the pools cannot give are refused with the numbers', () => {
  const task = smallTask([0, 0, 1], [0, 1], 2);
  const generator = createGenerator(0);
  const draw = (train: number, validation: number, tested: number) => () =>
    drawSplit(task, { train, validation, test: tested }, generator);
  assert.throws(draw(4, 0, 0), /asks for 4 training pictures; the training pool of small has 3/);
  assert.throws(draw(2, 2, 0), /asks for 4 training and validation pictures/);
  assert.throws(draw(1, 0, 3), /asks for 3 test pictures; the test pool of small has 2/);
  assert.throws(draw(-1, 1, 0), /-1 training/);
  assert.throws(draw(1, -1, 0), /-1 validation/);
  assert.throws(draw(0.5, 0, 0), /0.5 training/);
  assert.throws(() => drawShots(task, 2, generator), /class 'class 1' of small has 1/);
});
