import { at, multiplyAdd, sumLanes, zeroNumbers } from './lanes';

/** Mean and 1/√(variance + eps) of a row: what the passes over a row share. The gradients compute them again. */
let mean: f32 = 0;
let scale: f32 = 0;

function measureRow(n: i32, x: usize, eps: f32): void {
  const whole = at(0, n & ~3);
  const end = at(0, n);
  const inverse: f32 = <f32>1.0 / <f32>n;
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (; i < whole; i += 16) sums = f32x4.add(sums, v128.load(x + i));
  let sum = sumLanes(sums);
  for (; i < end; i += 4) sum += load<f32>(x + i);
  const m = sum * inverse;
  const means = f32x4.splat(m);
  sums = f32x4.splat(0);
  for (i = 0; i < whole; i += 16) {
    const d = f32x4.sub(v128.load(x + i), means);
    sums = multiplyAdd(d, d, sums);
  }
  sum = sumLanes(sums);
  for (; i < end; i += 4) {
    const d = load<f32>(x + i) - m;
    sum += d * d;
  }
  mean = m;
  scale = <f32>1.0 / sqrt<f32>(sum * inverse + eps);
}

// @ts-ignore: decorator
@inline function normalised(x: usize, means: v128, scales: v128): v128 {
  return f32x4.mul(f32x4.sub(v128.load(x), means), scales);
}

/** y = h·gain + shift over rows of n, with h = (x − mean)/√(variance + eps). */
export function layerNorm(rows: i32, n: i32, x: usize, gain: usize, shift: usize, eps: f32, y: usize): void {
  const whole = at(0, n & ~3);
  const end = at(0, n);
  for (; rows > 0; rows--) {
    measureRow(n, x, eps);
    const means = f32x4.splat(mean);
    const scales = f32x4.splat(scale);
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(
      y + i, multiplyAdd(normalised(x + i, means, scales), v128.load(gain + i), v128.load(shift + i)),
    );
    for (; i < end; i += 4) store<f32>(
      y + i, load<f32>(shift + i) + (load<f32>(x + i) - mean) * scale * load<f32>(gain + i),
    );
    x += end;
    y += end;
  }
}

/** dx = (e − mean(e) − h·mean(e·h))/√(variance + eps) with e = dy·gain. */
export function layerNormInputGradient(rows: i32, n: i32, dy: usize, x: usize, gain: usize, eps: f32, dx: usize): void {
  const whole = at(0, n & ~3);
  const end = at(0, n);
  const inverse: f32 = <f32>1.0 / <f32>n;
  for (; rows > 0; rows--) {
    measureRow(n, x, eps);
    const means = f32x4.splat(mean);
    const scales = f32x4.splat(scale);
    let sums = f32x4.splat(0);
    let products = f32x4.splat(0);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const e = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
      sums = f32x4.add(sums, e);
      products = multiplyAdd(e, normalised(x + i, means, scales), products);
    }
    let sum = sumLanes(sums);
    let product = sumLanes(products);
    for (; i < end; i += 4) {
      const e = load<f32>(dy + i) * load<f32>(gain + i);
      sum += e;
      product += e * ((load<f32>(x + i) - mean) * scale);
    }
    sum *= inverse;
    product *= inverse;
    const sumAll = f32x4.splat(sum);
    const productAll = f32x4.splat(product);
    for (i = 0; i < whole; i += 16) {
      const e = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
      const h = normalised(x + i, means, scales);
      v128.store(dx + i, f32x4.mul(scales, f32x4.sub(f32x4.sub(e, sumAll), f32x4.mul(h, productAll))));
    }
    for (; i < end; i += 4) {
      const e = load<f32>(dy + i) * load<f32>(gain + i);
      store<f32>(dx + i, scale * (e - sum - (load<f32>(x + i) - mean) * scale * product));
    }
    dy += end;
    x += end;
    dx += end;
  }
}

/** dgain = Σ over rows of dy·h, in their order. */
export function layerNormGainGradient(rows: i32, n: i32, dy: usize, x: usize, eps: f32, dgain: usize): void {
  const whole = at(0, n & ~3);
  const end = at(0, n);
  zeroNumbers(dgain, n);
  for (; rows > 0; rows--) {
    measureRow(n, x, eps);
    const means = f32x4.splat(mean);
    const scales = f32x4.splat(scale);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      v128.store(dgain + i, multiplyAdd(v128.load(dy + i), normalised(x + i, means, scales), v128.load(dgain + i)));
    }
    for (; i < end; i += 4) store<f32>(
      dgain + i, load<f32>(dgain + i) + load<f32>(dy + i) * ((load<f32>(x + i) - mean) * scale),
    );
    dy += end;
    x += end;
  }
}
