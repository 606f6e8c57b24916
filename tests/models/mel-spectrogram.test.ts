import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { cosineTransform, hannWindow, melFilters, powerSpectrogram } from '../../src/models/index.ts';
import type { MelOptions } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';

before(() => useBackend('wasm'));

const options: MelOptions = { sampleRate: 8000, frame: 48, hop: 20, mels: 8, lowest: 0, highest: 4000, scale: 'htk', norm: null, centred: false };

/** The sum of squares of a windowed frame, by Parseval's identity from its one-sided power spectrum. */
function energyOf(power: readonly number[], frame: number): number {
  return power.reduce((sum, value, bin) => sum + value * (bin === 0 || 2 * bin === frame ? 1 : 2), 0) / frame;
}

test('the power of a frame is the energy of the windowed frame, for any frame, hop and length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 24 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 90 }), (half, hop, more) => {
      const frame = 2 * half;
      const samples = frame + more;
      const wave = createGenerator(`${frame} ${hop} ${more}`).normals(samples);
      const power = powerSpectrogram(tf.tensor2d(wave, [1, samples]), { ...options, frame, hop });
      const [, frames = 0, bins = 0] = power.shape;
      assert.equal(frames, Math.floor((samples - frame) / hop) + 1);
      const values = power.dataSync();
      const window = hannWindow(frame);
      for (let t = 0; t < frames; t += 1) {
        const energy = Array.from(window, (w, n) => (w * (wave[t * hop + n] ?? NaN)) ** 2).reduce((sum, value) => sum + value, 0);
        const found = energyOf(Array.from(values.subarray(t * bins, (t + 1) * bins)), frame);
        assert.ok(Math.abs(found - energy) <= 1e-4 * Math.max(1, energy), `frame ${t}: ${found} and ${energy}`);
      }
      power.dispose();
    }),
    { numRuns: 40 },
  );
});

test('a tone is loudest in its own bin', () => {
  const [frame, bin] = [64, 9];
  const wave = Float32Array.from({ length: 200 }, (_, n) => Math.cos((2 * Math.PI * bin * n) / frame));
  const power = powerSpectrogram(tf.tensor2d(wave, [1, 200]), { ...options, frame, hop: 16 });
  assert.deepEqual(new Set(tf.argMax(power, -1).dataSync()), new Set([bin]));
});

test('filters are triangles inside their range, each with one peak; the cosine transform is orthonormal', () => {
  for (const scale of ['htk', 'slaney'] as const) {
    const bins = 201;
    const filters = melFilters({ ...options, frame: 400, mels: 12, lowest: 100, highest: 3800, scale });
    for (let m = 0; m < 12; m += 1) {
      const row = Array.from(filters.subarray(m * bins, (m + 1) * bins));
      const peak = row.indexOf(Math.max(...row));
      assert.ok((row[peak] ?? 0) > 0 && row.every((value) => value >= 0));
      row.forEach((value, i) => assert.ok(i === 0 || i === peak || (i < peak ? value >= (row[i - 1] ?? 0) : value <= (row[i - 1] ?? 0)), `${scale} ${m} ${i}`));
    }
  }
  const rows = cosineTransform(10, 10);
  for (let a = 0; a < 10; a += 1) for (let b = 0; b < 10; b += 1) {
    const product = Array.from({ length: 10 }, (_, n) => (rows[a * 10 + n] ?? 0) * (rows[b * 10 + n] ?? 0)).reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(product - (a === b ? 1 : 0)) < 1e-12);
  }
});

test('a clip that is too short is refused in a sentence', () => {
  assert.throws(() => powerSpectrogram(tf.zeros([1, 10]), options), /too short: a frame needs 48/);
  assert.throws(() => powerSpectrogram(tf.zeros([1, 0]), { ...options, centred: true }), /too short/);
});
