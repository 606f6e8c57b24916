// C[M, N] (+)= op(A)·op(B) (+ bias), in blocks that stay in the caches: B is packed into panels of 8 columns,
// A into panels of 4 rows where that pays. The order of every sum is fixed: along k, in blocks of `blockK`.
import { aligned, at, copyNumbers, storeTransposed, zeroNumbers } from './lanes';
import { tilePacked, tileRows1, tileRows4 } from './generated/micro-kernels';

export const panelColumns: i32 = 8;
const panelRows: i32 = 4;
const blockK: i32 = 256;
const blockRows: i32 = 96;
/** From so many columns on, packing A costs less than reading it in place. */
const packFromColumns: i32 = 48;

/** Numbers in the panels of k rows and n columns. */
// @ts-ignore: decorator
@inline export function panelNumbers(k: i32, n: i32): i32 {
  return k * ((n + panelColumns - 1) / panelColumns) * panelColumns;
}

/**
 * k rows of B (`transposed`: of Bᵀ, stored [n, k]), `stride` numbers apart in memory, into panels of 8 columns;
 * missing columns are zero. `panelStride`: numbers from one panel to the next, so that parts of k can be filled apart.
 */
export function packPanels(transposed: bool, k: i32, n: i32, b: usize, stride: i32, to: usize, panelStride: i32): void {
  const step = <usize>stride << 2;
  const line: usize = panelColumns << 2;
  for (let j = 0; j < n; j += panelColumns) {
    const w = min(panelColumns, n - j);
    if (w < panelColumns) zeroNumbers(to, k * panelColumns);
    if (transposed) {
      let i = 0;
      for (; i + 4 <= w; i += 4) {
        let from = b + <usize>(j + i) * step;
        let d = at(to, i);
        let left = k;
        for (; left >= 4; left -= 4) {
          storeTransposed(
            d, line, v128.load(from), v128.load(from + step), v128.load(from + 2 * step), v128.load(from + 3 * step),
          );
          from += 16;
          d += 4 * line;
        }
        for (; left > 0; left--) {
          for (let r: usize = 0; r < 4; r++) store<f32>(d + (r << 2), load<f32>(from + r * step));
          from += 4;
          d += line;
        }
      }
      for (; i < w; i++) {
        let from = b + <usize>(j + i) * step;
        let d = at(to, i);
        for (let left = k; left > 0; left--) {
          store<f32>(d, load<f32>(from));
          from += 4;
          d += line;
        }
      }
    } else if (w == panelColumns) {
      let from = at(b, j);
      const end = at(to, k * panelColumns);
      for (let d = to; d < end; d += line) {
        v128.store(d, v128.load(from));
        v128.store(d, v128.load(from, 16), 16);
        from += step;
      }
    } else {
      let from = at(b, j);
      let d = to;
      for (let left = k; left > 0; left--) {
        for (let i = 0; i < w; i++) store<f32>(at(d, i), load<f32>(at(from, i)));
        from += step;
        d += line;
      }
    }
    to = at(to, panelStride);
  }
}

/**
 * m rows of A, `step` bytes apart, k numbers of each, into panels [m/4][k][4]; rows that are missing repeat the last.
 */
function packRows(k: i32, m: i32, a: usize, step: usize, to: usize): void {
  for (let i = 0; i < m; i += panelRows) {
    const last = m - i - 1;
    let p0 = a;
    let p1 = a + step * <usize>min(1, last);
    let p2 = a + step * <usize>min(2, last);
    let p3 = a + step * <usize>min(3, last);
    let left = k;
    for (; left >= 4; left -= 4) {
      storeTransposed(to, 16, v128.load(p0), v128.load(p1), v128.load(p2), v128.load(p3));
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      to += 64;
    }
    for (; left > 0; left--) {
      store<f32>(to, load<f32>(p0));
      store<f32>(to, load<f32>(p1), 4);
      store<f32>(to, load<f32>(p2), 8);
      store<f32>(to, load<f32>(p3), 12);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      to += 16;
    }
    a += 4 * step;
  }
}

/** The same panels from Aᵀ, stored [k, m] with rows `step` bytes apart; missing rows are zero. */
function packColumns(k: i32, m: i32, a: usize, step: usize, to: usize): void {
  const whole = m & ~3;
  const panel = <usize>(k * panelRows) << 2;
  for (; k > 0; k--) {
    let from = a;
    let d = to;
    for (let i = 0; i < whole; i += panelRows) {
      v128.store(d, v128.load(from));
      from += 16;
      d += panel;
    }
    if (whole < m) {
      v128.store(d, f32x4.splat(0));
      copyNumbers(d, from, m - whole);
    }
    a += step;
    to += 16;
  }
}

/** Bytes of scratch that `gemm` needs for k and n. */
export function gemmScratch(n: i32, k: i32): i32 {
  const block = min(k, blockK);
  return (panelNumbers(block, n) + block * blockRows + 5 * panelColumns) * 4 + 16;
}

/** Adds or copies the corner of a full tile that lies inside C. */
function storeCorner(tile: usize, rows: i32, columns: i32, c: usize, strideC: usize, accumulate: bool): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < columns; j++) {
      const value = load<f32>(at(tile, j));
      store<f32>(at(c, j), accumulate ? value + load<f32>(at(c, j)) : value);
    }
    tile += panelColumns << 2;
    c += strideC;
  }
}

/**
 * C[m, n] = op(A)·op(B), all row-major with the given strides in numbers; A is [m, k] or, transposed, [k, m], and so
 * on. `accumulate` adds to C; `bias` [n] (0: none) is added when it does not. Needs k ≥ 1.
 */
export function gemm(
  transposeA: bool, transposeB: bool, m: i32, n: i32, k: i32, a: usize, strideA: i32, b: usize, strideB: i32,
  c: usize, strideC: i32, accumulate: bool, bias: usize, scratch: usize,
): void {
  const stepA = <usize>strideA << 2;
  const stepC = <usize>strideC << 2;
  const tile = aligned(scratch);
  const biasTail = at(tile, panelRows * panelColumns);
  const panels = at(biasTail, panelColumns);
  const packed = transposeA || n >= packFromColumns;
  for (let k0 = 0; k0 < k; k0 += blockK) {
    const block = min(blockK, k - k0);
    packPanels(transposeB, block, n, at(b, transposeB ? k0 : k0 * strideB), strideB, panels, block * panelColumns);
    const packedA = at(panels, panelNumbers(block, n));
    const adds = accumulate || k0 > 0;
    for (let i0 = 0; i0 < m; i0 += blockRows) {
      const end = min(m, i0 + blockRows);
      if (transposeA) packColumns(block, end - i0, at(a, k0 * strideA + i0), stepA, packedA);
      else if (packed) packRows(block, end - i0, at(a, i0 * strideA + k0), stepA, packedA);
      let panel = panels;
      for (let j = 0; j < n; j += panelColumns) {
        const w = min(panelColumns, n - j);
        let start: usize = 0;
        if (bias && !adds) {
          start = at(bias, j);
          if (w < panelColumns) {
            copyNumbers(biasTail, start, w);
            start = biasTail;
          }
        }
        for (let i = i0; i < end; i += panelRows) {
          const rows = min(panelRows, end - i);
          const whole = w == panelColumns && rows == panelRows;
          const corner = at(c, i * strideC + j);
          const to = whole ? corner : tile;
          const stride = whole ? stepC : panelColumns << 2;
          if (packed) tilePacked(block, at(packedA, (i - i0) * block), panel, to, stride, whole && adds, start);
          else {
            const row = at(a, i * strideA + k0);
            const row1 = row + stepA * <usize>min(1, rows - 1);
            const row2 = row + stepA * <usize>min(2, rows - 1);
            const row3 = row + stepA * <usize>(rows - 1);
            if (block & 3) tileRows1(1, block, row, row1, row2, row3, 0, panel, to, stride, whole && adds, start);
            else tileRows4(1, block, row, row1, row2, row3, 0, panel, to, stride, whole && adds, start);
          }
          if (!whole) storeCorner(tile, rows, w, corner, stepC, adds);
        }
        panel = at(panel, block * panelColumns);
      }
    }
  }
}

/** `count` products of the same form; strides from one to the next in numbers (0: the operand is shared). */
export function batchedGemm(
  count: i32, transposeA: bool, transposeB: bool, m: i32, n: i32, k: i32, a: usize, nextA: i32, strideA: i32,
  b: usize, nextB: i32, strideB: i32, c: usize, nextC: i32, bias: usize, scratch: usize,
): void {
  for (let i = 0; i < count; i++) {
    gemm(transposeA, transposeB, m, n, k, a, strideA, b, strideB, c, n, false, bias, scratch);
    a = at(a, nextA);
    b = at(b, nextB);
    c = at(c, nextC);
  }
}
