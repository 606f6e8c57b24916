/**
 * Elementary functions of doubles in fixed point with 256 fractional bits: slow, obviously right, and independent of
 * the engine's own `Math`. Errors are in units of the last place of the exact value.
 */
const bits = 256n;
const one = 1n << bits;
const multiply = (a: bigint, b: bigint): bigint => (a * b) >> bits;

/** The exact value of a double (at least 2^-256 in steps of 2^-256). */
export function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const mantissa = (word & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + bits;
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return word >> 63n ? -size : size;
}

function sumOfSeries(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let n = 1n; term > 4n || term < -4n; n++) {
    sum += term;
    term = next(term, n);
  }
  return sum;
}

export function exactExponential(x: number): bigint {
  const halvings = 16n;
  const small = fixed(x) >> halvings;
  let value = sumOfSeries(one, (term, n) => multiply(term, small) / n);
  for (let i = 0n; i < halvings; i++) value = multiply(value, value);
  return value;
}

const atanOfInverse = (n: bigint): bigint => {
  let sum = 0n;
  let power = one / n;
  for (let k = 1n; power !== 0n; k += 2n, power = -power / (n * n)) sum += power / k;
  return sum;
};
const pi = 16n * atanOfInverse(5n) - 4n * atanOfInverse(239n);

export function exactSine(x: number, shift = 0n): bigint {
  const angle = fixed(x) + (shift * pi) / 2n;
  const turn = 2n * pi;
  const reduced = ((angle % turn) + turn + pi) % turn - pi;
  const square = multiply(reduced, reduced);
  return sumOfSeries(reduced, (term, n) => -multiply(term, square) / (2n * n * (2n * n + 1n)));
}

export const exactCosine = (x: number): bigint => exactSine(x, 1n);

/** Only for 2^-40 < x < 2^40: Newton's iteration on eʸ = x from the engine's own logarithm. */
export function exactLog(x: number): bigint {
  let y = fixed(Math.log(x));
  for (let i = 0; i < 3; i++) {
    const halvings = 16n;
    let e = sumOfSeries(one, (term, n) => multiply(term, y >> halvings) / n);
    for (let j = 0n; j < halvings; j++) e = multiply(e, e);
    y += (2n * (fixed(x) - e) * one) / (fixed(x) + e);
  }
  return y;
}

export function exactTangentHyperbolic(x: number): bigint {
  const e = exactExponential(2 * x);
  return ((e - one) * one) / (e + one);
}

/** |found − exact| in units of the last place of the double nearest to `exact`. */
export function errorInLastPlaces(found: number, exact: bigint): number {
  const size = exact < 0n ? -exact : exact;
  const unit = 1n << BigInt(Math.max(0, size.toString(2).length - 53));
  const difference = fixed(found) - exact;
  const scaled = ((difference < 0n ? -difference : difference) * 1000n) / unit;
  return Number(scaled) / 1000;
}
