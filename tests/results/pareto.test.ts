import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { paretoFront } from '../../src/results/index.ts';

const point = fc.record({ of: fc.string(), cost: fc.integer({ min: 0, max: 20 }), value: fc.integer({ min: 0, max: 20 }) });

test('the front holds exactly the points that nothing beats, one of equal ones, from the cheapest to the dearest', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 30 }), (points) => {
      const front = paretoFront(points);
      const beats = (a: { cost: number; value: number }, b: { cost: number; value: number }): boolean =>
        a.cost <= b.cost && a.value >= b.value && (a.cost < b.cost || a.value > b.value);
      for (const each of front) assert.ok(!points.some((other) => beats(other, each)));
      for (const each of points) {
        const isBeaten = points.some((other) => beats(other, each));
        assert.ok(isBeaten || front.some(({ cost, value }) => cost === each.cost && value === each.value));
      }
      front.slice(1).forEach((each, i) => assert.ok(each.cost > (front[i]?.cost ?? 0) && each.value > (front[i]?.value ?? 0)));
    }),
  );
  assert.deepEqual(paretoFront([]), []);
});
