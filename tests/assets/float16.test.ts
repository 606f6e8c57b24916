import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bfloat16ToNumber, float16ToNumber, numberToFloat16 } from '../../src/assets/index.ts';

test('every float16 becomes a number and comes back', () => {
  let seen = 0;
  for (let bits = 0; bits < 65536; bits++) {
    const value = float16ToNumber(bits);
    if (Number.isNaN(value)) assert.equal(numberToFloat16(value), 0x7e00);
    else assert.equal(numberToFloat16(value), bits);
    seen++;
  }
  assert.equal(seen, 65536);
});

test('the known values of both formats', () => {
  const halves: readonly [number, number][] = [
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x3555, 0.333251953125],
  ];
  for (const [bits, value] of halves) assert.equal(float16ToNumber(bits), value);
  assert.ok(Object.is(float16ToNumber(0x8000), -0));
  assert.equal(float16ToNumber(0xfc00), Number.NEGATIVE_INFINITY);
  assert.equal(bfloat16ToNumber(0x4049), 3.140625);
});

test('rounding goes to the nearest float16, ties to the even one', () => {
  let ties = 0;
  const finite = fc.integer({ min: 0, max: 0x7bfe });
  const between0And1 = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(finite, between0And1, fc.boolean(), (bits, share, negative) => {
      const low = float16ToNumber(bits);
      const high = float16ToNumber(bits + 1);
      const between = Math.fround(low + (high - low) * share);
      const signed = negative ? 0x8000 : 0;
      const expected =
        between - low < high - between || (between - low === high - between && bits % 2 === 0)
          ? bits
          : bits + 1;
      assert.equal(numberToFloat16(negative ? -between : between), signed | expected);
      const middle = (low + high) / 2;
      assert.equal(numberToFloat16(middle), bits % 2 === 0 ? bits : bits + 1);
      ties++;
    }),
    { numRuns: 2000 },
  );
  assert.equal(ties, 2000);
  assert.equal(numberToFloat16(65519.99), 0x7bff);
  assert.equal(numberToFloat16(65520), 0x7c00);
  assert.equal(numberToFloat16(-1e30), 0xfc00);
});
