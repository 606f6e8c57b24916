import { at, copyNumbers, storeTransposed } from './lanes';

/** [rows, columns] with `from`/`to` strides in bytes, both planes' other axis contiguous: 4×4 blocks, then the rest. */
function transposePlane(rows: i32, columns: i32, x: usize, stepX: usize, y: usize, stepY: usize): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    let from = x + <usize>r * stepX;
    let to = at(y, r);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      storeTransposed(
        to, stepY, v128.load(from), v128.load(from + stepX), v128.load(from + 2 * stepX), v128.load(from + 3 * stepX),
      );
      from += 16;
      to += 4 * stepY;
    }
    for (; c < columns; c++) {
      for (let i: usize = 0; i < 4; i++) store<u32>(to + (i << 2), load<u32>(from + i * stepX));
      from += 4;
      to += stepY;
    }
  }
  for (; r < rows; r++) {
    let from = x + <usize>r * stepX;
    let to = at(y, r);
    for (let c = 0; c < columns; c++) {
      store<u32>(to, load<u32>(from));
      from += 4;
      to += stepY;
    }
  }
}

/**
 * y, contiguous with the sizes `sizes`, from x read with the strides `strides` (int32[rank] each, in the order of y's
 * axes, strides in numbers); `counters` is int32[rank] of scratch. Axes of size 1 are gone and neighbours merged, so
 * that either the last axis is contiguous in x too, or another one is.
 */
export function transpose(rank: i32, sizes: usize, strides: usize, counters: usize, x: usize, y: usize): void {
  const last = rank - 1;
  const columns = load<i32>(at(sizes, last));
  const stride = load<i32>(at(strides, last));
  let inner = -1;
  let innerStep = columns;
  if (stride != 1) {
    inner = last - 1;
    while (inner >= 0 && load<i32>(at(strides, inner)) != 1) {
      innerStep *= load<i32>(at(sizes, inner));
      inner--;
    }
  }
  for (let a = 0; a < rank; a++) store<i32>(at(counters, a), 0);
  let offsetX = 0;
  let offsetY = 0;
  while (true) {
    if (stride == 1) copyNumbers(at(y, offsetY), at(x, offsetX), columns);
    else if (inner >= 0) {
      transposePlane(
        columns, load<i32>(at(sizes, inner)), at(x, offsetX), <usize>stride << 2, at(y, offsetY), <usize>innerStep << 2,
      );
    } else {
      for (let i = 0; i < columns; i++) store<u32>(at(y, offsetY + i), load<u32>(at(x, offsetX + i * stride)));
    }
    let a = last - 1;
    let step = columns;
    for (; a >= 0; a--) {
      const size = load<i32>(at(sizes, a));
      if (a != inner) {
        const count = load<i32>(at(counters, a)) + 1;
        const strideX = load<i32>(at(strides, a));
        if (count < size) {
          store<i32>(at(counters, a), count);
          offsetX += strideX;
          offsetY += step;
          break;
        }
        store<i32>(at(counters, a), 0);
        offsetX -= strideX * (size - 1);
        offsetY -= step * (size - 1);
      }
      step *= size;
    }
    if (a < 0) return;
  }
}
