import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTableState, printTableState, untouched } from '../../src/site/islands/results/table-state.ts';

const keys = ['label', 'doodlenet/mnist', 'world-vit/world-outlines', 'trainable', 'a b&c=d', '50%'];
const plain = { noNullPrototype: true };
const order = fc.option(fc.record({ key: fc.constantFrom(...keys), descending: fc.boolean() }, plain));

test('200 random states of a table survive their address, which is always the same for the same state', () => {
  let examined = 0;
  fc.assert(
    fc.property(fc.record({ order, separable: fc.boolean() }, plain), (state) => {
      const printed = printTableState(state);
      assert.deepEqual(parseTableState(printed, keys), { state, unknown: [] });
      assert.equal(printTableState(parseTableState(printed, keys).state), printed);
      assert.equal(new URL(printed, 'https://atlas.invalid/').search, printed, 'a browser keeps it letter by letter');
      examined += 1;
    }),
    { numRuns: 200 },
  );
  assert.equal(examined, 200);
  assert.equal(printTableState(untouched), '');
  assert.equal(printTableState({ order: { key: 'doodlenet/mnist', descending: true }, separable: true }), '?separable=1&sort=-doodlenet/mnist');
});

test('what an address says beside that is named, not passed over', () => {
  const { state, unknown } = parseTableState('?sort=cost&separable=2&colour=red&sort=label', keys);
  assert.deepEqual(state, { order: { key: 'label', descending: false }, separable: false });
  assert.deepEqual(unknown, ['sort=cost', 'separable=2', 'colour=red']);
});
