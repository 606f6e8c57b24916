import { cosine, sine } from '../random/index.ts';

/** Rows, columns and channels; values stand row by row, pixel by pixel. */
export type PictureShape = readonly [rows: number, columns: number, channels: number];
export type Size = readonly [rows: number, columns: number];

interface Filter {
  /** Half the width, in pixels of the coarser of the two pictures. */
  readonly support: number;
  readonly weight: (x: number) => number;
}

/** Keys' cubic convolution with slope `a` at 1. */
function cubic(a: number): Filter {
  const weight = (x: number): number => {
    const d = Math.abs(x);
    if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
  };
  return { support: 2, weight };
}

const sinc = (x: number): number => (x === 0 ? 1 : sine(Math.PI * x) / (Math.PI * x));
const triangle: Filter = { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) };

const filters = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: triangle,
  hamming: {
    support: 1,
    weight: (x) => (Math.abs(x) < 1 ? sinc(x) * (0.54 + 0.46 * cosine(Math.PI * x)) : 0),
  },
  bicubic: cubic(-0.5),
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
} as const satisfies Record<string, Filter>;

export type PillowFilter = 'nearest' | keyof typeof filters;
export const pillowFilters: readonly PillowFilter[] = ['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos'];

/** The inputs that one output pixel is made of: `indices[i]` with weight `weights[i]`. */
interface Taps {
  readonly indices: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Taps of a filter that widens when the picture shrinks (antialiasing), cut off at the borders, weights summing to 1.
 * Equal to Pillow's `precompute_coeffs` and to the antialiased modes of torch's `interpolate`.
 */
function wideTaps(from: number, to: number, { support, weight }: Filter): Taps[] {
  const scale = from / to;
  const widening = Math.max(1, scale);
  const reach = support * widening;
  const narrowing = 1 / widening;
  return Array.from({ length: to }, (_, out) => {
    const centre = (out + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(from, Math.trunc(centre + reach + 0.5));
    const indices = Array.from({ length: end - first }, (__, i) => first + i);
    const raw = indices.map((index) => weight((index - centre + 0.5) * narrowing));
    const sum = raw.reduce((total, value) => total + value, 0);
    return { indices, weights: sum === 0 ? raw : raw.map((value) => value / sum) };
  });
}

/**
 * Taps of a filter of fixed width around `position(out)`, indices clamped at the borders (torch without
 * antialiasing).
 */
function narrowTaps(from: number, to: number, { support, weight }: Filter, position: (out: number) => number): Taps[] {
  return Array.from({ length: to }, (_, out) => {
    const at = position(out);
    const first = Math.floor(at) - support + 1;
    const offsets = Array.from({ length: 2 * support }, (__, i) => first + i);
    return {
      indices: offsets.map((index) => Math.min(from - 1, Math.max(0, index))),
      weights: offsets.map((index) => weight(index - at)),
    };
  });
}

interface Pass {
  readonly values: ArrayLike<number>;
  /** Steps between neighbours along the resized axis, its old length, and how the other pixels are laid out. */
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly taps: readonly Taps[];
}

/** Resizes the middle axis of `[outer, length, inner]`: each output is `finish(start + Σ weight · value)`. */
function resizeAxis<A extends Uint8Array | Float32Array | Float64Array>(
  { values, outer, length, inner, taps }: Pass,
  out: A,
  start: number,
  finish: (sum: number) => number,
): A {
  for (let o = 0; o < outer; o++) {
    taps.forEach(({ indices, weights }, position) => {
      for (let i = 0; i < inner; i++) {
        let sum = start;
        for (let t = 0; t < indices.length; t++) {
          sum += (weights[t] ?? 0) * (values[(o * length + (indices[t] ?? 0)) * inner + i] ?? 0);
        }
        out[(o * taps.length + position) * inner + i] = finish(sum);
      }
    });
  }
  return out;
}

function checkSizes(length: number, [rows, columns, channels]: PictureShape, [toRows, toColumns]: Size): void {
  const counts = [rows, columns, channels, toRows, toColumns];
  if (counts.some((count) => !Number.isInteger(count) || count < 1) || length !== rows * columns * channels) {
    throw new RangeError(
      `cannot resize ${length} values of shape [${rows}, ${columns}, ${channels}] to ${toRows} × ${toColumns}`,
    );
  }
}

const unit = 4194304;

/** Weights as whole multiples of 2⁻²², rounded half away from zero. */
function wholeWeights(taps: readonly Taps[]): Taps[] {
  return taps.map(({ indices, weights }) => ({
    indices,
    weights: weights.map((weight) => Math.trunc(weight < 0 ? weight * unit - 0.5 : weight * unit + 0.5)),
  }));
}

const toByte = (sum: number): number => Math.min(255, Math.max(0, Math.floor(sum / unit)));

/** Where Pillow's affine walk looks for each output; its rounding errors add up as there. */
function nearestIndices(from: number, to: number): number[] {
  const step = from / to;
  let position = step * 0.5;
  return Array.from({ length: to }, () => {
    const index = Math.min(from - 1, Math.trunc(position));
    position += step;
    return index;
  });
}

/**
 * Resizes an 8-bit picture as Pillow's `Image.resize` does for modes L and RGB, bit for bit: separable filter widened
 * by the shrink factor, weights in 22-bit integers, columns before rows, 8 bits after each pass.
 * `[rows, columns, channels]` → `[...to, channels]`. An alpha channel is treated like any other.
 * Source: python-pillow/Pillow `src/libImaging/Resample.c`, `Geometry.c`.
 */
export function resizePillow(values: Uint8Array, shape: PictureShape, to: Size, filter: PillowFilter): Uint8Array {
  checkSizes(values.length, shape, to);
  const [rows, columns, channels] = shape;
  const [toRows, toColumns] = to;
  if (filter === 'nearest') {
    const fromRows = nearestIndices(rows, toRows);
    const fromColumns = nearestIndices(columns, toColumns);
    const out = new Uint8Array(toRows * toColumns * channels);
    fromRows.forEach((row, r) => {
      fromColumns.forEach((column, c) => {
        const start = (row * columns + column) * channels;
        out.set(values.subarray(start, start + channels), (r * toColumns + c) * channels);
      });
    });
    return out;
  }
  let now = Uint8Array.from(values);
  if (columns !== toColumns) {
    const taps = wholeWeights(wideTaps(columns, toColumns, filters[filter]));
    const pass = { values: now, outer: rows, length: columns, inner: channels, taps };
    now = resizeAxis(pass, new Uint8Array(rows * toColumns * channels), unit / 2, toByte);
  }
  if (rows !== toRows) {
    const taps = wholeWeights(wideTaps(rows, toRows, filters[filter]));
    const pass = { values: now, outer: 1, length: rows, inner: toColumns * channels, taps };
    now = resizeAxis(pass, new Uint8Array(toRows * toColumns * channels), unit / 2, toByte);
  }
  return now;
}

export interface TorchResize {
  readonly mode: 'nearest' | 'nearest-exact' | 'bilinear' | 'bicubic';
  /** Widen the filter when shrinking; bilinear and bicubic. */
  readonly antialias?: boolean;
  /** Corner pixels keep their centres; bilinear and bicubic without antialiasing. */
  readonly alignCorners?: boolean;
}

function torchTaps(from: number, to: number, { mode, antialias = false, alignCorners = false }: TorchResize): Taps[] {
  if (mode === 'nearest' || mode === 'nearest-exact') {
    const scale = Math.fround(from / to);
    const shift = mode === 'nearest-exact' ? 0.5 : 0;
    return Array.from({ length: to }, (_, out) => ({
      indices: [Math.min(from - 1, Math.floor(Math.fround((out + shift) * scale)))],
      weights: [1],
    }));
  }
  if (antialias) return wideTaps(from, to, filters[mode]);
  const scale = alignCorners ? (to > 1 ? (from - 1) / (to - 1) : 0) : from / to;
  const position = (out: number): number => (alignCorners ? out * scale : (out + 0.5) * scale - 0.5);
  if (mode === 'bilinear') return narrowTaps(from, to, triangle, (out) => Math.max(0, position(out)));
  return narrowTaps(from, to, cubic(-0.75), position);
}

const tapsKept = 64;
const tapTables = new Map<string, Taps[]>();

/** {@link torchTaps}, kept: many pictures are resized in the same way. */
function keptTaps(from: number, to: number, how: TorchResize): Taps[] {
  const key = [from, to, how.mode, how.antialias ?? false, how.alignCorners ?? false].join(' ');
  const known = tapTables.get(key);
  if (known) return known;
  if (tapTables.size >= tapsKept) tapTables.clear();
  const taps = torchTaps(from, to, how);
  tapTables.set(key, taps);
  return taps;
}

/**
 * Resizes a picture of real numbers as torch's `nn.functional.interpolate` does, computed in double precision and
 * rounded once. `[rows, columns, channels]` → `[...to, channels]`. Bicubic has a = −0.75, antialiased a = −0.5.
 * Source: pytorch `aten/src/ATen/native/UpSample.h`, `cpu/UpSampleKernel.cpp`.
 */
export function resizeTorch(values: ArrayLike<number>, shape: PictureShape, to: Size, how: TorchResize): Float32Array {
  checkSizes(values.length, shape, to);
  if (how.antialias && how.alignCorners) throw new RangeError('antialiasing with aligned corners is not computed');
  const [rows, columns, channels] = shape;
  const [toRows, toColumns] = to;
  const same = (sum: number): number => sum;
  const wide = resizeAxis(
    { values, outer: rows, length: columns, inner: channels, taps: keptTaps(columns, toColumns, how) },
    new Float64Array(rows * toColumns * channels),
    0,
    same,
  );
  return resizeAxis(
    { values: wide, outer: 1, length: rows, inner: toColumns * channels, taps: keptTaps(rows, toRows, how) },
    new Float32Array(toRows * toColumns * channels),
    0,
    same,
  );
}

/**
 * Bilinear resizing with half-pixel centres, antialiased where it shrinks: the way pictures are brought to a network's
 * size here. `[rows, columns, channels]` → `[...to, channels]`.
 */
export function resizeBilinear(values: ArrayLike<number>, shape: PictureShape, to: Size): Float32Array {
  return resizeTorch(values, shape, to, { mode: 'bilinear', antialias: true });
}

export interface ClipPreprocessing {
  /** Side of the square that the network takes, in pixels. */
  readonly size: number;
  /** Of each channel, for values in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface ClipPixels {
  /** Rows and columns after resizing the shorter side to `size`. */
  readonly resized: Size;
  /** Row and column of the resized picture where the crop begins. */
  readonly offset: Size;
  /** `[size, size, channels]` */
  readonly cropped: Uint8Array;
  /** `[channels, size, size]`, (v / 255 − mean) / std */
  readonly pixels: Float32Array;
}

/** Half of `n`, rounded to the even neighbour as Python's `round` does. */
function halfToEven(n: number): number {
  const down = Math.floor(n / 2);
  return n % 2 === 0 || down % 2 === 0 ? down : down + 1;
}

/**
 * CLIP's preprocessing: the shorter side to `size` (Pillow, bicubic), a square from the centre, then each channel
 * normalised. Source: openai/CLIP `clip/clip.py` with torchvision's `Resize` and `CenterCrop`.
 */
export function clipPixels(
  values: Uint8Array,
  shape: PictureShape,
  { size, mean, std }: ClipPreprocessing,
): ClipPixels {
  const [rows, columns, channels] = shape;
  if (mean.length !== channels || std.length !== channels) {
    throw new RangeError(`${mean.length} means and ${std.length} deviations for ${channels} channels`);
  }
  const longer = Math.trunc((size * Math.max(rows, columns)) / Math.min(rows, columns));
  const resized: Size = rows <= columns ? [size, longer] : [longer, size];
  const whole = resizePillow(values, shape, resized, 'bicubic');
  const offset: Size = [halfToEven(resized[0] - size), halfToEven(resized[1] - size)];
  const cropped = new Uint8Array(size * size * channels);
  for (let row = 0; row < size; row++) {
    const start = ((offset[0] + row) * resized[1] + offset[1]) * channels;
    cropped.set(whole.subarray(start, start + size * channels), row * size * channels);
  }
  const plane = size * size;
  const pixels = Float32Array.from({ length: channels * plane }, (_, i) => {
    const channel = Math.floor(i / plane);
    return ((cropped[(i % plane) * channels + channel] ?? 0) / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
  return { resized, offset, cropped, pixels };
}
