import { at, multiplyAdd, sumLanes } from './lanes';
import { constantTable, expOfNegative } from './elementwise';

/** softmax(scale·x) of each row of n, in place. */
export function softmaxRows(rows: i32, n: i32, x: usize, scale: f32): void {
  const t = constantTable();
  const whole = at(0, n & ~3);
  const end = at(0, n);
  const scales = f32x4.splat(scale);
  for (; rows > 0; rows--) {
    let largest = f32x4.splat(-Infinity);
    let i: usize = 0;
    for (; i < whole; i += 16) largest = f32x4.pmax(largest, v128.load(x + i));
    for (; i < end; i += 4) largest = f32x4.pmax(largest, v128.load32_splat(x + i));
    const m = max(
      max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
      max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
    );
    const ms = f32x4.splat(m);
    let sums = f32x4.splat(0);
    for (i = 0; i < whole; i += 16) {
      const e = expOfNegative(t, f32x4.mul(f32x4.sub(v128.load(x + i), ms), scales));
      v128.store(x + i, e);
      sums = f32x4.add(sums, e);
    }
    let sum = sumLanes(sums);
    for (; i < end; i += 4) {
      const e = f32x4.extract_lane(expOfNegative(t, f32x4.mul(f32x4.sub(v128.load32_splat(x + i), ms), scales)), 0);
      store<f32>(x + i, e);
      sum += e;
    }
    const inverse: f32 = <f32>1.0 / sum;
    const inverses = f32x4.splat(inverse);
    for (i = 0; i < whole; i += 16) v128.store(x + i, f32x4.mul(v128.load(x + i), inverses));
    for (; i < end; i += 4) store<f32>(x + i, load<f32>(x + i) * inverse);
    x += end;
  }
}

/** dy of each row becomes scale·y·(dy − Σ y·dy). */
export function softmaxRowsGradient(rows: i32, n: i32, y: usize, dy: usize, scale: f32): void {
  const whole = at(0, n & ~3);
  const end = at(0, n);
  const scales = f32x4.splat(scale);
  for (; rows > 0; rows--) {
    let sums = f32x4.splat(0);
    let i: usize = 0;
    for (; i < whole; i += 16) sums = multiplyAdd(v128.load(y + i), v128.load(dy + i), sums);
    let sum = sumLanes(sums);
    for (; i < end; i += 4) sum += load<f32>(y + i) * load<f32>(dy + i);
    const all = f32x4.splat(sum);
    for (i = 0; i < whole; i += 16) {
      v128.store(dy + i, f32x4.mul(f32x4.mul(scales, v128.load(y + i)), f32x4.sub(v128.load(dy + i), all)));
    }
    for (; i < end; i += 4) store<f32>(dy + i, scale * load<f32>(y + i) * (load<f32>(dy + i) - sum));
    y += end;
    dy += end;
  }
}
