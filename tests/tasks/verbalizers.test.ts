import assert from 'node:assert/strict';
import test from 'node:test';
import { AssetUnavailable } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { findTask, resolveVerbalizer, findVerbalizer, verbalizers } from '../../src/tasks/index.ts';
import type { Verbalizer } from '../../src/tasks/index.ts';

const small: Verbalizer = {
  model: 'm',
  task: 't',
  assignments: [
    { target: 'A', sources: ['b', 'c'] },
    { target: 'B', sources: ['a'] },
  ],
};

test('names become indices of source classes, in the order of the targets', () => {
  assert.deepEqual(resolveVerbalizer(small, ['a', 'b', 'c', 'd'], ['A', 'B']), [[1, 2], [0]]);
});

test('an assignment that breaks a rule is refused with the name', () => {
  const resolve = (assignments: Verbalizer['assignments'], sources = ['a', 'b', 'c']) => () =>
    resolveVerbalizer({ ...small, assignments }, sources, ['A', 'B']);
  const a = { target: 'A', sources: ['a'] };
  assert.throws(resolve([a]), /verbalizer of m for t: 1 rows for 2 target classes/);
  assert.throws(resolve([a, { target: 'C', sources: ['b'] }]), /'C' is no target class/);
  assert.throws(resolve([a, { target: 'B', sources: ['x'] }]), /'x' is no source class/);
  assert.throws(resolve([a, { target: 'B', sources: ['a'] }]), /source class 'a' serves 'A' and 'B'/);
  assert.throws(resolve([a, { target: 'B', sources: [] }]), /'B' has no source class/);
  assert.throws(resolve([a, { target: 'A', sources: ['b'] }]), /'A' stands in row 1/);
});

test('every verbalizer names the classes of its task, in order, and uses no source class twice', (t) => {
  let assigned = 0;
  for (const verbalizer of verbalizers) {
    const named = [...new Set(verbalizer.assignments.flatMap(({ sources }) => sources))];
    const indices = resolveVerbalizer(verbalizer, named, findTask(verbalizer.task).classes);
    assigned += indices.flat().length;
    assert.equal(findVerbalizer(verbalizer.model, verbalizer.task), verbalizer);
  }
  t.diagnostic(`${verbalizers.length} verbalizers, ${assigned} source classes`);
  assert.ok(verbalizers.length >= 4 && assigned > 80);
  assert.equal(findVerbalizer('doodlenet', 'no task'), undefined);
});

test('the source classes are those of the generated source task', () => {
  const own = verbalizers.filter(({ model }) => model === 'world-vit');
  assert.ok(own.length >= 1);
  for (const verbalizer of own) {
    const indices = resolveVerbalizer(verbalizer, findTask('world-shapes').classes, findTask(verbalizer.task).classes);
    assert.deepEqual(indices.flat(), Array.from({ length: 30 }, (_, i) => i));
  }
});

test('the source classes are those of DoodleNet', async (t) => {
  const assets = nodeAssetSource({ offline: true });
  const opened = await assets.open('doodlenet').catch((error: unknown) => {
    if (error instanceof AssetUnavailable) return undefined;
    throw error;
  });
  if (!opened) {
    t.skip('DoodleNet is not here: npm run fetch -- doodlenet');
    return;
  }
  const names = (opened.text.get('classes') ?? '').trim().split('\n');
  assert.equal(names.length, 345);
  const own = verbalizers.filter(({ model }) => model === 'doodlenet');
  assert.ok(own.length >= 3);
  for (const verbalizer of own) resolveVerbalizer(verbalizer, names, findTask(verbalizer.task).classes);
});
