import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormatError, readTflite } from '../../src/assets/index.ts';
import { floats } from './fixtures.ts';
import { tflite } from './tflite-file.ts';

const none = new Uint8Array();

test('constants are read with their names, types and shapes; what the graph computes is left out', () => {
  const file = tflite(
    [
      { name: 'input', shape: [1, 4], buffer: 0 },
      { name: 'dense/MatMul', shape: [2, 3], buffer: 1 },
      { name: 'dense/shape', shape: [2], type: 2, buffer: 2 },
      { name: 'scale', shape: [], buffer: 3 },
    ],
    [none, floats(1, 2, 3, 4, 5, 6), new Uint8Array(Int32Array.of(-1, 7).buffer), floats(0.5)],
  );
  assert.deepEqual(
    readTflite(file, 'x.tflite'),
    new Map([
      ['dense/MatMul', { dtype: 'float32', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
      ['dense/shape', { dtype: 'int32', shape: [2], values: Int32Array.of(-1, 7) }],
      ['scale', { dtype: 'float32', shape: [], values: Float32Array.of(0.5) }],
    ]),
  );
});

const two = floats(1, 2);
const wrong: Readonly<Record<string, { file: Uint8Array; says: RegExp }>> = {
  'another format': { file: new TextEncoder().encode('no model at all'), says: /TFL3/ },
  'two graphs': { file: tflite([], [none], { graphs: 2 }), says: /2 graphs/ },
  'no constants': { file: tflite([{ name: 'a', shape: [2], buffer: 0 }], [none]), says: /no constants/ },
  'a shape that does not fit': { file: tflite([{ name: 'a', shape: [3], buffer: 0 }], [two]), says: /"a": float32 of shape \[3\] takes 12 bytes, its buffer has 8/ },
  'a buffer that is not there': { file: tflite([{ name: 'a', shape: [2], buffer: 4 }], [two]), says: /its buffer 4 is not there/ },
  'texts': { file: tflite([{ name: 'a', shape: [2], type: 5, buffer: 0 }], [two]), says: /elements of type 5/ },
  'quantised numbers': { file: tflite([{ name: 'a', shape: [8], type: 9, buffer: 0, scale: [0.1] }], [two]), says: /quantised/ },
  'a name twice': { file: tflite([{ name: 'a', shape: [2], buffer: 0 }, { name: 'a', shape: [2], buffer: 0 }], [two]), says: /same name/ },
  'numbers that are not finite': { file: tflite([{ name: 'a', shape: [2], buffer: 0 }], [floats(1, Infinity)]), says: /finite/ },
};
for (const [what, { file, says }] of Object.entries(wrong)) {
  test(`a TensorFlow Lite model is refused: ${what}`, () => {
    assert.throws(() => readTflite(file, 'x.tflite'), (error: unknown) => error instanceof FormatError && says.test(error.message));
  });
}

test('an empty scale is no quantisation', () => {
  assert.equal(readTflite(tflite([{ name: 'a', shape: [2], buffer: 0, scale: [] }], [two]), 'x').size, 1);
});
