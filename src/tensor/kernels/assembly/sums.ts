import { at, zeroNumbers } from './lanes';

// @ts-ignore: decorator
@inline function addNumbers(to: usize, from: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
  for (; n > 0; n--) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += 4;
    from += 4;
  }
}

/** y[n] = Σ over rows of x[rows, n], in their order. */
export function columnSums(rows: i32, n: i32, x: usize, y: usize): void {
  zeroNumbers(y, n);
  for (; rows > 0; rows--) {
    addNumbers(y, x, n);
    x = at(x, n);
  }
}

/**
 * y[segment of the row] += row, in the order of the rows; rows whose segment lies outside 0…segments−1 are left out.
 */
export function segmentSums(rows: i32, n: i32, segments: i32, x: usize, ids: usize, y: usize): void {
  zeroNumbers(y, segments * n);
  for (; rows > 0; rows--) {
    const segment = load<i32>(ids);
    if (segment >= 0 && segment < segments) addNumbers(at(y, segment * n), x, n);
    x = at(x, n);
    ids += 4;
  }
}
