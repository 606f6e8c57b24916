import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSafetensors } from '../../src/assets/index.ts';
import { clipPictures } from '../../src/tasks/index.ts';
import type { Picture } from '../../src/tasks/index.ts';

const folder = new URL('../oracles/image-resize-a/', import.meta.url);
const tensors = readSafetensors(new Uint8Array(readFileSync(new URL('tensors.safetensors', folder))), 'tensors.safetensors');
const { crop } = JSON.parse(readFileSync(new URL('case.json', folder), 'utf8')).method;
const of = (name: string) => tensors.get(name) ?? assert.fail(`no ${name}`);
const { values, shape } = of('input.image');
const [rows = 0, columns = 0, channels = 0] = shape;
const picture: Picture = { values: Uint8Array.from(values), shape: [rows, columns, channels] };

test('a picture comes out as Pillow and CLIP\'s own code bring it to the tower, bit for bit', (t) => {
  const cropped = of('expect.clip.cropped').values;
  const pixels = clipPictures([picture, picture], crop);
  assert.ok(cropped.length === crop * crop * 3 && pixels.length === 2 * cropped.length);
  pixels.forEach((value, i) => assert.equal(value, Math.fround((cropped[i % cropped.length] ?? NaN) / 255)));
  t.diagnostic(`${cropped.length} bytes`);
});

test('grey is the same in three channels', () => {
  const grey: Picture = { values: picture.values.filter((_, i) => i % 3 === 0), shape: [rows, columns, 1] };
  const pixels = clipPictures([grey], crop);
  assert.equal(new Set(pixels).size > 10, true);
  pixels.forEach((value, i) => assert.equal(value, pixels[i - (i % 3)]));
});

test('bytes that are no picture, and pictures with an alpha channel, are refused in one sentence', () => {
  const zeros = (...shape: [number, number, number]): Picture => ({ values: new Uint8Array(shape[0] * shape[1] * shape[2]), shape });
  const cases: readonly (readonly [() => unknown, RegExp])[] = [
    [() => clipPictures([picture, zeros(4, 5, 4)], 4), /^RangeError: Picture 1 has an alpha channel \(4 channels\), and what shines through isn't known: put it on a background first\.$/],
    [() => clipPictures([zeros(4, 5, 2)], 4), /^RangeError: Picture 0 has an alpha channel \(2 channels\)/],
    [() => clipPictures([zeros(4, 5, 5)], 4), /^RangeError: Picture 0 has 5 channels; pictures are grey with 1 or in colour with 3\.$/],
    [() => clipPictures([{ values: new Uint8Array(59), shape: [4, 5, 3] }], 4), /^RangeError: Picture 0 has 59 bytes, which are no picture of shape \[4, 5, 3\]\.$/],
    [() => clipPictures([zeros(0, 5, 3)], 4), /^RangeError: Picture 0 has 0 bytes, which are no picture of shape \[0, 5, 3\]\.$/],
    [() => clipPictures([picture], 1.5), /^RangeError: Pictures can't be brought to a side of 1\.5 pixels\.$/],
  ];
  for (const [refused, message] of cases) assert.throws(refused, (error: Error) => message.test(String(error)) || assert.fail(String(error)));
});
