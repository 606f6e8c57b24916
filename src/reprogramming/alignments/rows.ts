import { exponential } from '../../random/index.ts';

/** Index of the largest value of every row of `[rows, columns]`; equal values: the lowest index. */
export function argmaxRows(values: ArrayLike<number>, columns: number): Int32Array {
  const indices = new Int32Array(values.length / columns);
  for (let row = 0; row < indices.length; row++) {
    let best = 0;
    let largest = -Infinity;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? NaN;
      if (value > largest) {
        largest = value;
        best = column;
      }
    }
    indices[row] = best;
  }
  return indices;
}

/** Softmax over every row of `[rows, columns]`, in doubles, each row shifted by its maximum first. */
export function softmaxRows(logits: ArrayLike<number>, columns: number): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += columns) {
    let largest = -Infinity;
    for (let i = start; i < start + columns; i++) largest = Math.max(largest, logits[i] ?? NaN);
    let sum = 0;
    for (let i = start; i < start + columns; i++) {
      const value = exponential((logits[i] ?? NaN) - largest);
      probabilities[i] = value;
      sum += value;
    }
    for (let i = start; i < start + columns; i++) probabilities[i] = (probabilities[i] ?? NaN) / sum;
  }
  return probabilities;
}

/**
 * Indices of the k largest values of every row of `[rows, columns]`, ascending; `[rows, k]`. Equal values: the lower
 * index is preferred (`torch.topk` promises no order here).
 * @throws a `RangeError` unless 1 ≤ k ≤ columns.
 */
export function topRows(values: ArrayLike<number>, columns: number, k: number): Int32Array {
  if (!(Number.isInteger(k) && k >= 1 && k <= columns)) {
    throw new RangeError(`The k most probable classes need a whole k from 1 to ${columns}, not ${k}.`);
  }
  const rows = values.length / columns;
  const chosen = new Int32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const order = Array.from({ length: columns }, (_, column) => column);
    const at = (column: number): number => values[row * columns + column] ?? NaN;
    order.sort((a, b) => at(b) - at(a) || a - b);
    chosen.set(order.slice(0, k).sort((a, b) => a - b), row * k);
  }
  return chosen;
}
