/**
 * Elementary functions in plain IEEE double arithmetic (+, −, ×, ÷, floor): the same bits in every JavaScript
 * engine, which `Math.sin` and its siblings don't promise. Each reduces its argument to a short interval, then sums
 * the Taylor series there; coefficients are correctly rounded quotients of exact integers. Measured against a
 * multiple-precision reference in the tests: at most 2 units in the last place.
 */

// exact up to 18! < 2⁵³
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const inverseFactorial = (n: number): number => 1 / factorial(n);

/** Coefficients of r⁰, r¹, … (as a Float64Array, which engines keep unboxed). */
const series = (...coefficients: readonly number[]): Float64Array => Float64Array.from(coefficients);

function evaluate(coefficients: Float64Array, x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}

// sin r = r + r³ S(r²), cos r = 1 − r²/2 + r⁴ C(r²) on |r| ≤ π/4
const sineSeries = series(...[3, 5, 7, 9, 11, 13, 15, 17].map((n, i) => (i % 2 ? 1 : -1) * inverseFactorial(n)));
const cosineSeries = series(...[4, 6, 8, 10, 12, 14, 16, 18].map((n, i) => (i % 2 ? -1 : 1) * inverseFactorial(n)));
// e^r = 1 + r + r² E(r) on |r| ≤ ln(2)/2
const exponentialSeries = series(...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map(inverseFactorial));
// ln((1 + s)/(1 − s)) = 2s + s·s² L(s²) on |s| ≤ 3 − 2√2
const logarithmSeries = series(...[3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].map((n) => 2 / n));

// π/2 and ln 2 in parts of few bits, so that small multiples of the leading parts are exact
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;
const twoOverPi = 0.6366197723675814;
const ln2 = [0.6931471803691238, 1.9082149292705877e-10] as const;
const inverseLn2 = 1.4426950408889634;

const smallestExponent = -1074;
const powersOfTwo = new Float64Array(2098);
for (let i = 0, power = Number.MIN_VALUE; i < powersOfTwo.length; i++, power *= 2) powersOfTwo[i] = power;
const powerOfTwo = (exponent: number): number => powersOfTwo[exponent - smallestExponent] ?? NaN;

const sineRange = 1e6;

/** Which of the four quarter turns, and the two parts of the rest: x = quarter·π/2 + head + tail. */
interface Quarter {
  quarter: number;
  head: number;
  tail: number;
}

function reduceAngle(x: number): Quarter {
  if (Math.abs(x) > sineRange) {
    throw new RangeError(`sine and cosine take angles of at most ${sineRange} radians, found ${x}: reduce it first`);
  }
  const k = Math.floor(x * twoOverPi + 0.5);
  const a = x - k * halfPi[0];
  const b = -k * halfPi[1];
  const sum = a + b;
  const part = sum - a;
  const rest = a - (sum - part) + (b - part) - k * halfPi[2];
  const head = sum + rest;
  return { quarter: k & 3, head, tail: sum - head + rest };
}

function sineNearZero(head: number, tail: number): number {
  const square = head * head;
  return head + (head * square * evaluate(sineSeries, square) + tail * (1 - 0.5 * square));
}

function cosineNearZero(head: number, tail: number): number {
  const square = head * head;
  const half = 0.5 * square;
  const main = 1 - half;
  return main + (1 - main - half + (square * square * evaluate(cosineSeries, square) - head * tail));
}

/** sin x, x in radians, |x| ≤ 10⁶ (RangeError beyond). */
export function sine(x: number): number {
  const { quarter, head, tail } = reduceAngle(x);
  if (x === 0) return x;
  const size = quarter & 1 ? cosineNearZero(head, tail) : sineNearZero(head, tail);
  return quarter & 2 ? -size : size;
}

/** cos x, x in radians, |x| ≤ 10⁶ (RangeError beyond). */
export function cosine(x: number): number {
  const { quarter, head, tail } = reduceAngle(x);
  const size = quarter & 1 ? sineNearZero(head, tail) : cosineNearZero(head, tail);
  return quarter === 1 || quarter === 2 ? -size : size;
}

/** x = k ln 2 + r with |r| ≤ ln(2)/2, and e^r − 1. */
function reduceExponent(x: number): { k: number; minusOne: number } {
  const k = Math.floor(x * inverseLn2 + 0.5);
  const high = x - k * ln2[0];
  const low = k * ln2[1];
  const r = high - low;
  const rest = high - r - low;
  return { k, minusOne: r + (rest * (1 + r) + r * r * evaluate(exponentialSeries, r)) };
}

/** eˣ; Infinity above 709.78, 0 below −745.13. */
export function exponential(x: number): number {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  const { k, minusOne } = reduceExponent(x);
  const value = 1 + minusOne;
  // two exact steps keep the factor representable at both ends of the range
  if (k > 1022) return value * powerOfTwo(1022) * powerOfTwo(k - 1022);
  if (k < -1021) return value * powerOfTwo(k + 100) * powerOfTwo(-100);
  return value * powerOfTwo(k);
}

/** tanh x = m / (m + 2) with m = e^{2x} − 1 found without cancellation. */
export function tangentHyperbolic(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 20) return x > 0 ? 1 : -1;
  const { k, minusOne } = reduceExponent(2 * size);
  const scale = powerOfTwo(k);
  const m = scale - 1 + scale * minusOne;
  const value = m / (m + 2);
  return x > 0 ? value : -value;
}

const word = new DataView(new ArrayBuffer(8));

/** ln x; −Infinity at 0, NaN below. */
export function naturalLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const subnormal = x < powerOfTwo(-1022);
  word.setFloat64(0, subnormal ? x * powerOfTwo(54) : x);
  const high = word.getUint32(0);
  let k = (high >>> 20) - 1023 - (subnormal ? 54 : 0);
  word.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let fraction = word.getFloat64(0);
  if (fraction > Math.SQRT2) {
    fraction *= 0.5;
    k += 1;
  }
  // ln(1 + f) = f − f²/2 + s (f²/2 + s² L(s²)), s = f / (2 + f): the large terms stay exact
  const f = fraction - 1;
  const s = f / (2 + f);
  const square = s * s;
  const half = 0.5 * f * f;
  const small = s * (half + square * evaluate(logarithmSeries, square));
  return k * ln2[0] + (f - (half - (small + k * ln2[1])));
}

/** xⁿ for a whole number n, by repeated squaring; 1/x⁻ⁿ for negative n. */
export function integerPower(x: number, n: number): number {
  if (!Number.isInteger(n)) throw new RangeError(`integerPower takes a whole exponent, found ${n}`);
  let rest = Math.abs(n);
  let power = 1;
  let square = x;
  while (rest > 0) {
    if (rest % 2 === 1) power *= square;
    rest = Math.floor(rest / 2);
    if (rest > 0) square *= square;
  }
  return n < 0 ? 1 / power : power;
}
