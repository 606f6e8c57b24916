// Elementwise functions from additions, multiplications, divisions and integer shifts alone: the same bits everywhere.
import { multiplyAdd } from './lanes';
import {
  erfLargest, erfP0, erfP1, erfP2, erfP3, erfP4, erfP5, erfP6, erfQ0, erfQ1, erfQ2, erfQ3, erfQ4, erfSmallest,
  exp0, exp1, exp2, exp3, exp4, exp5, expLargest, expSmallest, expSmallestNormal, geluCubic, geluCubicSlope, geluLinear,
  half, inverseSqrt2Pi, log2e, minusHalf, minusLn2High, minusLn2Low, one, quickSlope, roundingShift, sqrtHalf,
  tanhLargest, tanhP0, tanhP1, tanhP2, tanhP3, tanhP4, tanhP5, tanhP6, tanhQ0, tanhQ1, tanhQ2, tanhQ3, tanhSmallest,
} from './generated/constants';

/** Where the table of constants lies. */
let table: usize = 0;

export function setTable(address: usize): void {
  table = address;
}

// @ts-ignore: decorator
@inline export function constantTable(): usize {
  return table;
}

/** eʳ for |r| ≤ ln 2/2 */
// @ts-ignore: decorator
@inline function expReduced(t: usize, r: v128): v128 {
  let p = multiplyAdd(exp5(t), r, exp4(t));
  p = multiplyAdd(p, r, exp3(t));
  p = multiplyAdd(p, r, exp2(t));
  p = multiplyAdd(p, r, exp1(t));
  p = multiplyAdd(p, r, exp0(t));
  return f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), one(t));
}

/** eˣ = 2ⁿ·eʳ, within 1 ulp; the power of two in two factors, so that results may be denormal or infinite. */
// @ts-ignore: decorator
@inline function exp(t: usize, input: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(input, expLargest(t)), expSmallest(t));
  const shifted = multiplyAdd(x, log2e(t), roundingShift(t));
  const n = i32x4.sub(shifted, roundingShift(t));
  const whole = f32x4.sub(shifted, roundingShift(t));
  const r = multiplyAdd(whole, minusLn2Low(t), multiplyAdd(whole, minusLn2High(t), x));
  const first = i32x4.shr_s(n, 1);
  const second = i32x4.sub(n, first);
  const scaled = f32x4.mul(expReduced(t, r), i32x4.add(i32x4.shl(first, 23), one(t)));
  return f32x4.mul(scaled, i32x4.add(i32x4.shl(second, 23), one(t)));
}

/** eˣ for x ≤ 0, with 0 for results below the normal numbers: one factor does. NaN stays NaN. */
// @ts-ignore: decorator
@inline export function expOfNegative(t: usize, input: v128): v128 {
  const x = f32x4.pmax(input, expSmallestNormal(t));
  const shifted = multiplyAdd(x, log2e(t), roundingShift(t));
  const n = i32x4.sub(shifted, roundingShift(t));
  const whole = f32x4.sub(shifted, roundingShift(t));
  const r = multiplyAdd(whole, minusLn2Low(t), multiplyAdd(whole, minusLn2High(t), x));
  const y = f32x4.mul(expReduced(t, r), i32x4.add(i32x4.shl(n, 23), one(t)));
  return v128.andnot(y, f32x4.lt(input, expSmallestNormal(t)));
}

// @ts-ignore: decorator
@inline function sigmoid(t: usize, x: v128): v128 {
  return f32x4.div(one(t), f32x4.add(one(t), exp(t, f32x4.neg(x))));
}

// @ts-ignore: decorator
@inline function tanh(t: usize, input: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(input, tanhLargest(t)), tanhSmallest(t));
  const s = f32x4.mul(x, x);
  let p = multiplyAdd(tanhP6(t), s, tanhP5(t));
  p = multiplyAdd(p, s, tanhP4(t));
  p = multiplyAdd(p, s, tanhP3(t));
  p = multiplyAdd(p, s, tanhP2(t));
  p = multiplyAdd(p, s, tanhP1(t));
  p = multiplyAdd(p, s, tanhP0(t));
  let q = multiplyAdd(tanhQ3(t), s, tanhQ2(t));
  q = multiplyAdd(q, s, tanhQ1(t));
  q = multiplyAdd(q, s, tanhQ0(t));
  return f32x4.div(f32x4.mul(x, p), q);
}

// @ts-ignore: decorator
@inline function erf(t: usize, input: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(input, erfLargest(t)), erfSmallest(t));
  const s = f32x4.mul(x, x);
  let p = multiplyAdd(erfP6(t), s, erfP5(t));
  p = multiplyAdd(p, s, erfP4(t));
  p = multiplyAdd(p, s, erfP3(t));
  p = multiplyAdd(p, s, erfP2(t));
  p = multiplyAdd(p, s, erfP1(t));
  p = multiplyAdd(p, s, erfP0(t));
  let q = multiplyAdd(erfQ4(t), s, erfQ3(t));
  q = multiplyAdd(q, s, erfQ2(t));
  q = multiplyAdd(q, s, erfQ1(t));
  q = multiplyAdd(q, s, erfQ0(t));
  return f32x4.div(f32x4.mul(x, p), q);
}

/** Φ(x) = (1 + erf(x/√2))/2 */
// @ts-ignore: decorator
@inline function normalDistribution(t: usize, x: v128): v128 {
  return f32x4.mul(half(t), f32x4.add(one(t), erf(t, f32x4.mul(x, sqrtHalf(t)))));
}

// @ts-ignore: decorator
@inline function geluErf(t: usize, x: v128): v128 {
  return f32x4.mul(x, normalDistribution(t, x));
}

/** Φ + x·φ */
// @ts-ignore: decorator
@inline function geluErfSlope(t: usize, x: v128): v128 {
  const density = f32x4.mul(inverseSqrt2Pi(t), exp(t, f32x4.mul(f32x4.mul(x, x), minusHalf(t))));
  return multiplyAdd(x, density, normalDistribution(t, x));
}

/** (1 + tanh u)/2 = σ(2u) */
// @ts-ignore: decorator
@inline function geluTanhGate(t: usize, x: v128, square: v128): v128 {
  return sigmoid(t, f32x4.mul(x, multiplyAdd(square, geluCubic(t), geluLinear(t))));
}

// @ts-ignore: decorator
@inline function geluTanh(t: usize, x: v128): v128 {
  return f32x4.mul(x, geluTanhGate(t, x, f32x4.mul(x, x)));
}

/** σ(u)·(1 + x·u′·(1 − σ(u))) for x·σ(u) */
// @ts-ignore: decorator
@inline function gatedSlope(t: usize, x: v128, gate: v128, innerSlope: v128): v128 {
  return f32x4.mul(gate, multiplyAdd(f32x4.mul(x, innerSlope), f32x4.sub(one(t), gate), one(t)));
}

// @ts-ignore: decorator
@inline function geluTanhSlope(t: usize, x: v128): v128 {
  const square = f32x4.mul(x, x);
  return gatedSlope(t, x, geluTanhGate(t, x, square), multiplyAdd(square, geluCubicSlope(t), geluLinear(t)));
}

// @ts-ignore: decorator
@inline function geluQuick(t: usize, x: v128): v128 {
  return f32x4.mul(x, sigmoid(t, f32x4.mul(x, quickSlope(t))));
}

// @ts-ignore: decorator
@inline function geluQuickSlope(t: usize, x: v128): v128 {
  return gatedSlope(t, x, sigmoid(t, f32x4.mul(x, quickSlope(t))), quickSlope(t));
}

type Operation = i32;
const EXP: Operation = 0;
const TANH: Operation = 1;
const ERF: Operation = 2;
const GELU_ERF: Operation = 3;
const GELU_TANH: Operation = 4;
const GELU_QUICK: Operation = 5;
const RELU: Operation = 6;

// `operation` is a constant wherever this is inlined, so that one branch is left.
// @ts-ignore: decorator
@inline function value(t: usize, operation: Operation, x: v128): v128 {
  if (operation == EXP) return exp(t, x);
  if (operation == TANH) return tanh(t, x);
  if (operation == ERF) return erf(t, x);
  if (operation == GELU_ERF) return geluErf(t, x);
  if (operation == GELU_TANH) return geluTanh(t, x);
  if (operation == GELU_QUICK) return geluQuick(t, x);
  return f32x4.pmax(x, f32x4.splat(0));
}

// @ts-ignore: decorator
@inline function gradient(t: usize, operation: Operation, x: v128, dy: v128): v128 {
  if (operation == GELU_ERF) return f32x4.mul(dy, geluErfSlope(t, x));
  if (operation == GELU_TANH) return f32x4.mul(dy, geluTanhSlope(t, x));
  if (operation == GELU_QUICK) return f32x4.mul(dy, geluQuickSlope(t, x));
  return v128.and(dy, f32x4.gt(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline function map(operation: Operation, n: i32, x: usize, y: usize): void {
  const t = table;
  for (; n >= 4; n -= 4) {
    v128.store(y, value(t, operation, v128.load(x)));
    x += 16;
    y += 16;
  }
  for (; n > 0; n--) {
    v128.store_lane<f32>(y, value(t, operation, v128.load32_splat(x)), 0);
    x += 4;
    y += 4;
  }
}

// @ts-ignore: decorator
@inline function mapGradient(operation: Operation, n: i32, x: usize, dy: usize, dx: usize): void {
  const t = table;
  for (; n >= 4; n -= 4) {
    v128.store(dx, gradient(t, operation, v128.load(x), v128.load(dy)));
    x += 16;
    dy += 16;
    dx += 16;
  }
  for (; n > 0; n--) {
    v128.store_lane<f32>(dx, gradient(t, operation, v128.load32_splat(x), v128.load32_splat(dy)), 0);
    x += 4;
    dy += 4;
    dx += 4;
  }
}

export function expAll(n: i32, x: usize, y: usize): void { map(EXP, n, x, y); }
export function tanhAll(n: i32, x: usize, y: usize): void { map(TANH, n, x, y); }
export function erfAll(n: i32, x: usize, y: usize): void { map(ERF, n, x, y); }
export function geluErfAll(n: i32, x: usize, y: usize): void { map(GELU_ERF, n, x, y); }
export function geluTanhAll(n: i32, x: usize, y: usize): void { map(GELU_TANH, n, x, y); }
export function geluQuickAll(n: i32, x: usize, y: usize): void { map(GELU_QUICK, n, x, y); }
export function reluAll(n: i32, x: usize, y: usize): void { map(RELU, n, x, y); }
export function geluErfGradient(n: i32, x: usize, dy: usize, dx: usize): void { mapGradient(GELU_ERF, n, x, dy, dx); }
export function geluTanhGradient(n: i32, x: usize, dy: usize, dx: usize): void { mapGradient(GELU_TANH, n, x, dy, dx); }
export function geluQuickGradient(
  n: i32, x: usize, dy: usize, dx: usize,
): void { mapGradient(GELU_QUICK, n, x, dy, dx); }
export function reluGradient(n: i32, x: usize, dy: usize, dx: usize): void { mapGradient(RELU, n, x, dy, dx); }
