// Convolution in NHWC as an implicit matrix product: a picture stands in a zero-padded buffer, where for one filter row
// the numbers under it are contiguous, so that the tiles of `gemm` read them in place, one piece per filter row.
import { aligned, at, copyNumbers, zeroNumbers } from './lanes';
import { gemm, packPanels, panelColumns, panelNumbers } from './gemm';
import { dotRows1, dotRows2, dotRows3, tileRows1, tileRows4 } from './generated/micro-kernels';

/** Pixels whose patches are laid out at a time for the filter gradient. */
const patchPixels: i32 = 128;

/** Copies a picture into the padded buffer, whose border is zero already; negative padding cuts off. */
function copyInside(
  x: usize, rows: i32, columns: i32, channels: i32, top: i32, left: i32, padded: usize, paddedRows: i32,
  paddedColumns: i32,
): void {
  const firstColumn = max(0, left);
  const count = min(columns + left, paddedColumns) - firstColumn;
  if (count <= 0) return;
  for (let r = max(0, top); r < min(paddedRows, rows + top); r++) {
    copyNumbers(
      at(padded, (r * paddedColumns + firstColumn) * channels),
      at(x, ((r - top) * columns + firstColumn - left) * channels), count * channels,
    );
  }
}

/** The way back: cuts the picture out of the padded buffer; what lies outside the buffer is zero. */
function copyOutside(
  padded: usize, paddedRows: i32, paddedColumns: i32, channels: i32, top: i32, left: i32, x: usize, rows: i32,
  columns: i32,
): void {
  const firstColumn = max(0, left);
  const count = min(columns + left, paddedColumns) - firstColumn;
  for (let r = 0; r < rows; r++) {
    const line = at(x, r * columns * channels);
    const inside = r + top >= 0 && r + top < paddedRows && count > 0;
    if (!inside || count < columns) zeroNumbers(line, columns * channels);
    if (inside) copyNumbers(
      at(line, (firstColumn - left) * channels), at(padded, ((r + top) * paddedColumns + firstColumn) * channels),
      count * channels,
    );
  }
}

/** One picture, by tiles of four pixels that may lie in different rows. `source` has `width` pixels a row. */
function convolvePicture(
  source: usize, width: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32, piece: i32,
  stride: i32, panels: usize, bias: usize, y: usize, tile: usize,
): void {
  const pixels = outRows * outColumns;
  const step = <usize>(width * channels) << 2;
  const down = step * <usize>stride;
  const right = <usize>(channels * stride) << 2;
  const strideC = <usize>outputs << 2;
  const unrolled = (piece & 3) == 0;
  const panelSize = filterRows * piece * panelColumns;
  const biasTail = at(tile, 4 * panelColumns);
  for (let j = 0; j < outputs; j += panelColumns) {
    const w = min(panelColumns, outputs - j);
    let start: usize = 0;
    if (bias) {
      start = at(bias, j);
      if (w < panelColumns) {
        copyNumbers(biasTail, start, w);
        start = biasTail;
      }
    }
    let line = source;
    let column = 0;
    for (let i = 0; i < pixels; i += 4) {
      const last = min(3, pixels - i - 1);
      const p0 = line + <usize>column * right;
      if (last > 0 && ++column == outColumns) { column = 0; line += down; }
      const p1 = line + <usize>column * right;
      if (last > 1 && ++column == outColumns) { column = 0; line += down; }
      const p2 = line + <usize>column * right;
      if (last > 2 && ++column == outColumns) { column = 0; line += down; }
      const p3 = line + <usize>column * right;
      if (++column == outColumns) { column = 0; line += down; }
      const whole = w == panelColumns && last == 3;
      const corner = at(y, i * outputs + j);
      const to = whole ? corner : tile;
      const stepC = whole ? strideC : panelColumns << 2;
      if (unrolled) tileRows4(filterRows, piece, p0, p1, p2, p3, step, panels, to, stepC, false, start);
      else tileRows1(filterRows, piece, p0, p1, p2, p3, step, panels, to, stepC, false, start);
      if (!whole) for (let r = 0; r <= last; r++) copyNumbers(at(corner, r * outputs), at(tile, r * panelColumns), w);
    }
    panels = at(panels, panelSize);
  }
}

/** The same for one to three outputs and pieces of a multiple of four: dot products along the filter. */
function convolvePictureNarrow(
  source: usize, width: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32, piece: i32,
  stride: i32, filters: usize, bias: usize, y: usize, tile: usize,
): void {
  const pixels = outRows * outColumns;
  const step = <usize>(width * channels) << 2;
  const down = step * <usize>stride;
  const right = <usize>(channels * stride) << 2;
  const strideW = <usize>(filterRows * piece) << 2;
  let line = source;
  let column = 0;
  for (let i = 0; i < pixels; i += 4) {
    const last = min(3, pixels - i - 1);
    const p0 = line + <usize>column * right;
    if (last > 0 && ++column == outColumns) { column = 0; line += down; }
    const p1 = line + <usize>column * right;
    if (last > 1 && ++column == outColumns) { column = 0; line += down; }
    const p2 = line + <usize>column * right;
    if (last > 2 && ++column == outColumns) { column = 0; line += down; }
    const p3 = line + <usize>column * right;
    if (++column == outColumns) { column = 0; line += down; }
    const corner = at(y, i * outputs);
    const to = last == 3 ? corner : tile;
    if (outputs == 1) dotRows1(filterRows, piece, p0, p1, p2, p3, step, filters, strideW, to, bias);
    else if (outputs == 2) dotRows2(filterRows, piece, p0, p1, p2, p3, step, filters, strideW, to, bias);
    else dotRows3(filterRows, piece, p0, p1, p2, p3, step, filters, strideW, to, bias);
    if (last < 3) copyNumbers(corner, tile, (last + 1) * outputs);
  }
}

// @ts-ignore: decorator
@inline function isNarrow(outputs: i32, piece: i32): bool {
  return outputs <= 3 && (piece & 3) == 0;
}

/** All pictures with a filter that is packed already (as panels, or as rows where the outputs are few). */
function convolve(
  batch: i32, rows: i32, columns: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32,
  filterColumns: i32, stride: i32, top: i32, left: i32, x: usize, filter: usize, bias: usize, y: usize, tile: usize,
  padded: usize,
): void {
  const paddedRows = (outRows - 1) * stride + filterRows;
  const paddedColumns = (outColumns - 1) * stride + filterColumns;
  const inPlace = top == 0 && left == 0 && paddedRows <= rows && paddedColumns <= columns;
  const piece = filterColumns * channels;
  if (!inPlace) zeroNumbers(padded, paddedRows * paddedColumns * channels);
  for (let b = 0; b < batch; b++) {
    let source = x;
    let width = columns;
    if (!inPlace) {
      copyInside(x, rows, columns, channels, top, left, padded, paddedRows, paddedColumns);
      source = padded;
      width = paddedColumns;
    }
    if (isNarrow(outputs, piece)) convolvePictureNarrow(
      source, width, channels, outRows, outColumns, outputs, filterRows, piece, stride, filter, bias, y, tile,
    );
    else convolvePicture(
      source, width, channels, outRows, outColumns, outputs, filterRows, piece, stride, filter, bias, y, tile,
    );
    x = at(x, rows * columns * channels);
    y = at(y, outRows * outColumns * outputs);
  }
}

/**
 * Bytes of scratch for `convolution` and for `convolutionInputGradient` at stride 1, with the roles of the sizes as
 * there.
 */
export function convolutionScratch(
  channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32, filterColumns: i32, stride: i32,
): i32 {
  const padded = ((outRows - 1) * stride + filterRows) * ((outColumns - 1) * stride + filterColumns) * channels;
  return (5 * panelColumns + panelNumbers(filterRows * filterColumns * channels, outputs) + padded) * 4 + 64;
}

/**
 * y [batch, outRows, outColumns, outputs] from x [batch, rows, columns, channels] and w [filterRows, filterColumns,
 * channels, outputs].
 */
export function convolution(
  batch: i32, rows: i32, columns: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32,
  filterColumns: i32, stride: i32, top: i32, left: i32, x: usize, w: usize, bias: usize, y: usize, scratch: usize,
): void {
  const tile = aligned(scratch);
  const filter = at(tile, 5 * panelColumns);
  const k = filterRows * filterColumns * channels;
  if (isNarrow(outputs, filterColumns * channels)) {
    for (let i = 0; i < k; i++) for (let o = 0; o < outputs; o++) store<f32>(
      at(filter, o * k + i), load<f32>(at(w, i * outputs + o)),
    );
  } else packPanels(false, k, outputs, w, outputs, filter, k * panelColumns);
  const padded = aligned(at(filter, panelNumbers(k, outputs)));
  convolve(
    batch, rows, columns, channels, outRows, outColumns, outputs, filterRows, filterColumns, stride, top, left, x,
    filter, bias, y, tile, padded,
  );
}

/** x's gradient at stride 1: dy convolved with the filter turned by 180° and with channels and outputs swapped. */
export function convolutionInputGradient(
  batch: i32, rows: i32, columns: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32,
  filterColumns: i32, top: i32, left: i32, dy: usize, w: usize, dx: usize, scratch: usize,
): void {
  const tile = aligned(scratch);
  const filter = at(tile, 5 * panelColumns);
  const taps = filterRows * filterColumns;
  const k = taps * outputs;
  const narrow = isNarrow(channels, filterColumns * outputs);
  for (let tap = 0; tap < taps; tap++) {
    const from = at(w, (taps - 1 - tap) * channels * outputs);
    if (narrow) for (let c = 0; c < channels; c++) copyNumbers(
      at(filter, c * k + tap * outputs), at(from, c * outputs), outputs,
    );
    else packPanels(true, outputs, channels, from, outputs, at(filter, tap * outputs * panelColumns), k * panelColumns);
  }
  const padded = aligned(at(filter, panelNumbers(k, channels)));
  convolve(
    batch, outRows, outColumns, outputs, rows, columns, channels, filterRows, filterColumns, 1, filterRows - 1 - top,
    filterColumns - 1 - left, dy, filter, 0, dx, tile, padded,
  );
}

/** x's gradient at any stride: the gradient of each patch by a product, added up in a padded buffer. */
export function convolutionInputGradientStrided(
  batch: i32, rows: i32, columns: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32,
  filterColumns: i32, stride: i32, top: i32, left: i32, dy: usize, w: usize, dx: usize, scratch: usize,
): void {
  const pixels = outRows * outColumns;
  const piece = filterColumns * channels;
  const k = filterRows * piece;
  const paddedRows = (outRows - 1) * stride + filterRows;
  const paddedColumns = (outColumns - 1) * stride + filterColumns;
  const patches = aligned(scratch);
  const padded = at(patches, pixels * k);
  const rest = at(padded, paddedRows * paddedColumns * channels);
  for (let b = 0; b < batch; b++) {
    gemm(false, true, pixels, k, outputs, dy, outputs, w, outputs, patches, k, false, 0, rest);
    zeroNumbers(padded, paddedRows * paddedColumns * channels);
    let from = patches;
    for (let r = 0; r < outRows; r++) {
      for (let c = 0; c < outColumns; c++) {
        for (let f = 0; f < filterRows; f++) {
          let to = at(padded, ((r * stride + f) * paddedColumns + c * stride) * channels);
          let missing = piece;
          for (; missing >= 4; missing -= 4) {
            v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
            to += 16;
            from += 16;
          }
          for (; missing > 0; missing--) {
            store<f32>(to, load<f32>(to) + load<f32>(from));
            to += 4;
            from += 4;
          }
        }
      }
    }
    copyOutside(padded, paddedRows, paddedColumns, channels, top, left, dx, rows, columns);
    dy = at(dy, pixels * outputs);
    dx = at(dx, rows * columns * channels);
  }
}

/** w's gradient: patches of x, transposed, times dy, added up over pixels and pictures in their order. */
export function convolutionFilterGradient(
  batch: i32, rows: i32, columns: i32, channels: i32, outRows: i32, outColumns: i32, outputs: i32, filterRows: i32,
  filterColumns: i32, stride: i32, top: i32, left: i32, x: usize, dy: usize, dw: usize, scratch: usize,
): void {
  const pixels = outRows * outColumns;
  const piece = filterColumns * channels;
  const k = filterRows * piece;
  const paddedRows = (outRows - 1) * stride + filterRows;
  const paddedColumns = (outColumns - 1) * stride + filterColumns;
  const patches = aligned(scratch);
  const padded = at(patches, patchPixels * k);
  const rest = at(padded, paddedRows * paddedColumns * channels);
  zeroNumbers(padded, paddedRows * paddedColumns * channels);
  for (let b = 0; b < batch; b++) {
    copyInside(x, rows, columns, channels, top, left, padded, paddedRows, paddedColumns);
    for (let first = 0; first < pixels; first += patchPixels) {
      const end = min(pixels, first + patchPixels);
      let to = patches;
      for (let p = first; p < end; p++) {
        let from = at(padded, (p / outColumns * stride * paddedColumns + p % outColumns * stride) * channels);
        for (let f = 0; f < filterRows; f++) {
          copyNumbers(to, from, piece);
          to = at(to, piece);
          from = at(from, paddedColumns * channels);
        }
      }
      gemm(
        true, false, k, outputs, end - first, patches, k, at(dy, first * outputs), outputs, dw, outputs, b + first > 0,
        0, rest,
      );
    }
    x = at(x, rows * columns * channels);
    dy = at(dy, pixels * outputs);
  }
}

/** Bytes of scratch for the strided input gradient and the filter gradient, without `gemm`'s own. */
export function patchScratch(
  channels: i32, outRows: i32, outColumns: i32, filterRows: i32, filterColumns: i32, stride: i32,
): i32 {
  const padded = ((outRows - 1) * stride + filterRows) * ((outColumns - 1) * stride + filterColumns) * channels;
  return (max(patchPixels, outRows * outColumns) * filterRows * filterColumns * channels + padded) * 4 + 64;
}
