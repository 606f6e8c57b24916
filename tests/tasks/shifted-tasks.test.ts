import assert from 'node:assert/strict';
import test from 'node:test';
import { createGenerator } from '../../src/random/index.ts';
import { drawShots, drawSplit, loadTask, taskRows } from '../../src/tasks/index.ts';
import { drawScene } from '../../src/tasks/world/draw-scene.ts';
import { palette } from '../../src/tasks/world/palette.ts';
import { worldLabel, worldPicture, worldVersion } from '../../src/tasks/world/pool.ts';
import type { Scene } from '../../src/tasks/world/scene.ts';
import { worldTasks } from '../../src/tasks/world/tasks.ts';
import type { WorldTask } from '../../src/tasks/world/tasks.ts';
import { noAssets } from './fixtures.ts';

const examined = 200;
const indices = Array.from({ length: examined }, (_, index) => index);
const named = (id: string): WorldTask => worldTasks.find((task) => task.id === id) ?? assert.fail(`no ${id}`);

/** A test picture's scene, and how it looks before anything is done to it. */
function undeveloped(task: WorldTask, index: number): { readonly scene: Scene; readonly picture: Uint8Array } {
  const generator = createGenerator(worldVersion).split(task.id).split('test').split(index);
  const scene = task.draw(worldLabel(task, 'test', index), generator);
  return { scene, picture: drawScene(scene, generator) };
}

test('an inverted picture is 255 less the same scene', () => {
  const task = named('world-inverted');
  for (const index of indices) {
    const { picture } = undeveloped(task, index);
    assert.deepEqual([...worldPicture(task, 'test', index)], [...picture].map((value) => 255 - value));
  }
});

/** The straight line through pairs of numbers, and the most that one is away from it. */
function line(pairs: readonly (readonly [number, number])[]): { readonly slope: number; readonly offset: number; readonly away: number } {
  const mean = (of: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = pairs.reduce((sum, pair) => sum + (pair[0] - x) ** 2, 0);
  const slope = pairs.reduce((sum, pair) => sum + (pair[0] - x) * (pair[1] - y), 0) / spread;
  const offset = y - slope * x;
  return { slope, offset, away: Math.max(...pairs.map((pair) => Math.abs(pair[1] - offset - slope * pair[0]))) };
}

test('a tint is one colour over the whole picture, of which it is three to six tenths', (t) => {
  const seen = new Set<string>();
  for (const id of ['world-tinted', 'world-tinted-unseen']) {
    const task = named(id);
    for (const index of indices) {
      const { picture } = undeveloped(task, index);
      const tinted = worldPicture(task, 'test', index);
      const lines = [0, 1, 2].map((channel) =>
        line([...picture].flatMap((value, i) => (i % 3 === channel ? [[value, tinted[i] ?? 0] as const] : []))),
      );
      const share = 1 - lines.reduce((sum, { slope }) => sum + slope, 0) / 3;
      assert.ok(share > 0.29 && share < 0.61, `${id} ${index}: ${share}`);
      for (const { slope, away } of lines) {
        assert.ok(away < 1, `${id} ${index}: a value lies ${away} from its line`);
        assert.ok(Math.abs(slope - (1 - share)) < 0.02, `${id} ${index}: a channel keeps ${slope}, all of them ${1 - share}`);
      }
      const tint = lines.map(({ offset }) => offset / (255 * share));
      const near = palette.filter(({ colour }) => colour.every((channel, i) => Math.abs(channel - (tint[i] ?? NaN)) < 0.1));
      assert.equal(near.length, 1, `${id} ${index}: the tint ${tint.join(' ')}`);
      seen.add(near[0]?.name ?? '');
    }
  }
  t.diagnostic(`${2 * examined} pictures under ${[...seen].join(', ')}`);
  assert.deepEqual([...seen].toSorted(), palette.map(({ name }) => name).filter((name) => name !== 'white').toSorted());
});

test('a pastel colour lies three to six tenths of the way from its colour to white', () => {
  for (const id of ['world-pastel', 'world-pastel-unseen']) {
    const task = named(id);
    for (const index of indices) {
      const { colour: base } = palette.find(({ name }) => name === task.classes[worldLabel(task, 'test', index)]) ?? assert.fail();
      const { scene } = undeveloped(task, index);
      const { colour } = scene.figures[0] ?? assert.fail('no figure');
      // the jitter moves each channel by up to 0.06
      base.forEach((channel, i) => {
        const value = colour[i] ?? NaN;
        assert.ok(value >= channel + 0.3 * (1 - channel) - 0.061 && value <= channel + 0.6 * (1 - channel) + 0.061, `${id} ${index}: ${value}`);
      });
    }
  }
});

test('objects of these tasks are as captions describe them: one each, on dark grounds and light ones', () => {
  for (const id of ['world-tinted', 'world-inverted', 'world-pastel']) {
    const scenes = indices.map((index) => undeveloped(named(id), index).scene);
    assert.ok(scenes.every(({ figures }) => figures.length === 1));
    const isDark = scenes.map(({ ground }) => ground.colour.every((channel) => channel <= 0.25));
    assert.ok(scenes.every(({ ground }, i) => isDark[i] || ground.colour.every((channel) => channel >= 0.55)));
    const share = isDark.filter((dark) => dark).length / examined;
    assert.ok(share > 0.65 && share < 0.85, `${id}: ${share} dark`);
  }
});

const halves = [
  ['world-tinted-unseen', 'world-tinted'],
  ['world-pastel-unseen', 'world-pastel'],
] as const;

test('where half of the classes are never trained on, the training pool shows the first half alone and the test pool all', async (t) => {
  for (const [id, whole] of halves) {
    const [task, sibling] = [await loadTask(id, noAssets), await loadTask(whole, noAssets)];
    const trained = task.trainedClasses ?? assert.fail(`${id} says nothing`);
    assert.equal(trained, task.classes.length / 2);
    assert.equal(taskRows.find((row) => row.id === id)?.trainedClasses, trained);
    assert.deepEqual(task.classes.toSorted(), sibling.classes.toSorted());
    assert.equal(sibling.trainedClasses, undefined);
    assert.deepEqual([...new Set(task.train.labels)], Array.from({ length: trained }, (_, k) => k));
    assert.equal(new Set(task.test.labels).size, task.classes.length);
    t.diagnostic(`${id}: ${task.classes.slice(0, trained).join(', ')} | ${task.classes.slice(trained).join(', ')}`);
  }
  assert.equal(taskRows.filter(({ trainedClasses }) => trainedClasses !== undefined).length, halves.length);
});

test('splits and shots of such a task are equally many of each trained class, and none of the others', async () => {
  for (const [id] of halves) {
    const task = await loadTask(id, noAssets);
    const trained = task.trainedClasses ?? assert.fail();
    const counts = (list: Int32Array): number[] =>
      task.classes.map((_, k) => list.filter((index) => task.train.labels[index] === k).length);
    const each = (n: number): number[] => task.classes.map((_, k) => (k < trained ? n : 0));
    const split = drawSplit(task, { train: 16 * trained, validation: 4 * trained, test: 500 }, createGenerator(1));
    assert.deepEqual(counts(split.train), each(16));
    assert.deepEqual(counts(split.validation), each(4));
    assert.equal(new Set([...split.test].map((index) => task.test.labels[index])).size, task.classes.length);
    const uneven = counts(drawSplit(task, { train: 1001, validation: 0, test: 0 }, createGenerator(2)).train);
    assert.equal(uneven.reduce((sum, n) => sum + n), 1001);
    assert.ok(uneven.every((n, k) => (k < trained ? Math.abs(n - 1001 / trained) < 1 : n === 0)));
    assert.deepEqual(counts(drawShots(task, 4, createGenerator(3))), each(4));
  }
});
