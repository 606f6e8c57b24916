import assert from 'node:assert/strict';
import test from 'node:test';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import { upsample } from '../../src/tasks/upsample.ts';

/** A sine of `cycles` a value, at `length` places `step` apart. */
const sineOf = (length: number, cycles: number, phase = 0.3, step = 1): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(2 * Math.PI * cycles * i * step + phase));

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

test('a sine is kept in the middle, whatever its pitch in the band, and has factor times as many values', (t) => {
  let checked = 0;
  for (const factor of [2, 3, 4]) {
    for (const cycles of [0, 0.01, 0.05, 0.125, 0.2, 0.3, 0.4, 0.45]) {
      const wave = sineOf(400, cycles);
      const fine = upsample(wave, factor);
      const expected = sineOf(400 * factor, cycles, 0.3, 1 / factor);
      assert.equal(fine.length, 400 * factor);
      const [from, to] = [40 * factor, 360 * factor];
      const error = largest(fine.subarray(from, to).map((value, i) => value - (expected[from + i] ?? NaN)));
      assert.ok(error < 1e-3, `factor ${factor}, ${cycles} cycles a value: ${error}`);
      checked += 1;
    }
  }
  t.diagnostic(`${checked} sines`);
  assert.ok(checked >= 24);
});

test('the values themselves stay to the bit', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 1 }), { maxLength: 90 }), fc.integer({ min: 1, max: 5 }), (wave, factor) => {
      const fine = upsample(wave, factor);
      assert.equal(fine.length, wave.length * factor);
      assert.deepEqual(wave.map((_, i) => fine[i * factor]), wave.map((value) => value));
    }),
    { numRuns: 100 },
  );
});

test('an even wave stays even away from its ends, and it is linear and knows no direction', () => {
  const even = upsample(new Float64Array(200).fill(0.7), 2);
  assert.ok(even.subarray(64, 336).every((value) => Math.abs(value - 0.7) < 1e-12));
  const [a, b] = [sineOf(120, 0.11), sineOf(120, 0.31, 1)];
  const sum = upsample(a.map((value, i) => value + 2 * (b[i] ?? 0)), 2);
  const parts = upsample(a, 2).map((value, i) => value + 2 * (upsample(b, 2)[i] ?? 0));
  assert.ok(largest(sum.map((value, i) => value - (parts[i] ?? NaN))) < 1e-12);
  const backwards = upsample(a.toReversed(), 2).toReversed();
  const forwards = upsample(a, 2);
  // the last half step has no value behind it in one direction
  assert.ok(forwards.subarray(0, 239).every((value, i) => Math.abs(value - (backwards[i + 1] ?? NaN)) < 1e-12));
});

test('what lies above the old band is silent in the new one', () => {
  const fine = upsample(sineOf(2000, 0.4), 2);
  // the mirror image of 0.4 cycles an old value lies at 0.3 cycles a new one: 0.5 − 0.4/2
  const [real, imaginary] = [Math.cos, Math.sin].map((turn) =>
    fine.subarray(400, 3600).reduce((sum, value, i) => sum + value * turn(2 * Math.PI * 0.3 * i), 0),
  );
  assert.ok(Math.hypot(real ?? NaN, imaginary ?? NaN) / 3200 < 1e-3);
});

test('a factor that is no whole number is refused', () => {
  for (const factor of [0, -2, 1.5, NaN]) assert.throws(() => upsample([1], factor), /upsampled by a whole number, not by/);
});

test('the same wave gives the same bits everywhere', () => {
  const wave = createGenerator(1).uniforms(500, -1, 1);
  const digest = (factor: number): string => bytesToHex(sha256(new Uint8Array(upsample(wave, factor).buffer)));
  assert.equal(digest(2), 'ed99fff29443d59e35abdef0433a9cd421b853d334de13dc41afeadd102886f4');
  assert.equal(digest(3), '25c38b8ca986a1ec9934fc05b26c1275c44c724dcaaa086cbeb7c84de5526733');
});
