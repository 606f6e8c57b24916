import { at, zeroNumbers } from './lanes';

/** The larger of two, the first where they are equal; NaN if either is. */
// @ts-ignore: decorator
@inline function larger(a: v128, b: v128): v128 {
  return f32x4.max(a, b);
}

// @ts-ignore: decorator
@inline function maximum(x: usize, right: usize, down: usize): v128 {
  return larger(larger(v128.load(x), v128.load(x + right)), larger(v128.load(x + down), v128.load(x + down + right)));
}

/** y [batch, rows/2, columns/2, channels] of the maxima of 2×2 windows; an odd last row or column is left out. */
export function maxPool(batch: i32, rows: i32, columns: i32, channels: i32, x: usize, y: usize): void {
  const right = <usize>channels << 2;
  const down = right * <usize>columns;
  for (; batch > 0; batch--) {
    for (let r = 0; r + 1 < rows; r += 2) {
      for (let c = 0; c + 1 < columns; c += 2) {
        let from = at(x, (r * columns + c) * channels);
        let left = channels;
        for (; left >= 4; left -= 4) {
          v128.store(y, maximum(from, right, down));
          from += 16;
          y += 16;
        }
        for (; left > 0; left--) {
          store<f32>(
            y,
            max(
              max(load<f32>(from), load<f32>(from + right)),
              max(load<f32>(from + down), load<f32>(from + down + right)),
            ),
          );
          from += 4;
          y += 4;
        }
      }
    }
    x = at(x, rows * columns * channels);
  }
}

/** dy goes to the first of the four, in row-major order, that equals the maximum; everything else is zero. */
export function maxPoolGradient(
  batch: i32, rows: i32, columns: i32, channels: i32, x: usize, y: usize, dy: usize, dx: usize,
): void {
  const right = <usize>channels << 2;
  const down = right * <usize>columns;
  const size = rows * columns * channels;
  for (; batch > 0; batch--) {
    if ((rows | columns) & 1) zeroNumbers(dx, size);
    for (let r = 0; r + 1 < rows; r += 2) {
      for (let c = 0; c + 1 < columns; c += 2) {
        let from = at(x, (r * columns + c) * channels);
        let to = at(dx, (r * columns + c) * channels);
        let left = channels;
        for (; left >= 4; left -= 4) {
          const m = v128.load(y);
          const d = v128.load(dy);
          const first = f32x4.eq(v128.load(from), m);
          let taken = first;
          const second = v128.andnot(f32x4.eq(v128.load(from + right), m), taken);
          taken = v128.or(taken, second);
          const third = v128.andnot(f32x4.eq(v128.load(from + down), m), taken);
          taken = v128.or(taken, third);
          const fourth = v128.andnot(f32x4.eq(v128.load(from + down + right), m), taken);
          v128.store(to, v128.and(d, first));
          v128.store(to + right, v128.and(d, second));
          v128.store(to + down, v128.and(d, third));
          v128.store(to + down + right, v128.and(d, fourth));
          from += 16;
          to += 16;
          y += 16;
          dy += 16;
        }
        for (; left > 0; left--) {
          const m = load<f32>(y);
          const d = load<f32>(dy);
          const first = load<f32>(from) == m;
          const second = !first && load<f32>(from + right) == m;
          const third = !first && !second && load<f32>(from + down) == m;
          const fourth = !first && !second && !third && load<f32>(from + down + right) == m;
          store<f32>(to, first ? d : 0);
          store<f32>(to + right, second ? d : 0);
          store<f32>(to + down, third ? d : 0);
          store<f32>(to + down + right, fourth ? d : 0);
          from += 4;
          to += 4;
          y += 4;
          dy += 4;
        }
      }
    }
    x = at(x, size);
    dx = at(dx, size);
  }
}
