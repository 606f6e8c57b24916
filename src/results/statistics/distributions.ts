/**
 * Distribution functions in double precision, to about 1e-13 relative (studentized range: 1e-9).
 * They serve intervals and tests that are shown beside records; no record depends on them.
 */

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0 (Lanczos' approximation with g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const sum = lanczos.reduce((total, coefficient, i) => total + (i === 0 ? coefficient : coefficient / (z + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The continued fraction 1 + a₁ / (1 + a₂ / (1 + …)) by Lentz's method, until a factor leaves it as it is. */
function continuedFraction(term: (i: number) => number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 0;
  let value = 1;
  for (let i = 1; i < 20000; i++) {
    const a = term(i);
    d = 1 + a * d;
    d = 1 / (d === 0 ? tiny : d);
    c = 1 + a / c;
    if (c === 0) c = tiny;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

/** The regularised incomplete beta function I_x(a, b), a, b > 0, 0 ≤ x ≤ 1; `complement` is 1 − x where known exactly. */
export function incompleteBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(complement, b, a, x);
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(complement);
  const fraction = continuedFraction((i) => {
    const m = i >> 1;
    return i % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  });
  return Math.exp(logFront) / (a * fraction);
}

/** The regularised upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), a > 0, x ≥ 0. */
export function upperIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const logFront = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < 20000 && term > sum * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - Math.exp(logFront) * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 20000; i++) {
    const coefficient = -i * (i - a);
    b += 2;
    d = 1 / (coefficient * d + b);
    c = b + coefficient / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return Math.exp(logFront) * value;
}

/** P(Z > z) for a standard normal Z; small tails keep their relative precision. */
export function normalUpperTail(z: number): number {
  return z >= 0 ? upperIncompleteGamma(0.5, (z * z) / 2) / 2 : 1 - normalUpperTail(-z);
}

/** The z with P(Z ≤ z) = p; ∓∞ at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p <= 0) return -Infinity;
  return -solveTail(normalUpperTail, p, (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
}

/** P(T > t) for Student's t with `df` > 0 degrees of freedom. */
export function studentUpperTail(t: number, df: number): number {
  if (t === Infinity) return 0;
  if (t < 0) return 1 - studentUpperTail(-t, df);
  const square = t * t;
  return 0.5 * incompleteBeta(df / (df + square), df / 2, 0.5, square / (df + square));
}

/** The t > 0 with P(T > t) = p, 0 < p < 0.5. */
export function studentUpperQuantile(p: number, df: number): number {
  const logFactor = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  return solveTail(
    (t) => studentUpperTail(t, df),
    p,
    (t) => Math.exp(logFactor - ((df + 1) / 2) * Math.log1p((t * t) / df)),
  );
}

/** P(F > f) for Fisher's F with the two degrees of freedom. */
export function fisherUpperTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1;
  const scaled = df1 * f;
  return incompleteBeta(df2 / (df2 + scaled), df2 / 2, df1 / 2, scaled / (df2 + scaled));
}

/** P(X > x) for chi-squared with `df` degrees of freedom. */
export function chiSquaredUpperTail(x: number, df: number): number {
  return upperIncompleteGamma(df / 2, x / 2);
}

/**
 * P(Q > q) for the studentized range of `count` means with infinitely many degrees of freedom:
 * 1 − k ∫ φ(z) [Φ(z) − Φ(z − q)]^(k−1) dz. The trapezoidal rule on a smooth, fast falling integrand is spectrally exact;
 * the tail itself is integrated so that small probabilities keep their digits.
 */
export function studentizedRangeUpperTail(q: number, count: number): number {
  if (q <= 0) return 1;
  const step = 1 / 32;
  let total = 0;
  for (let i = -9 * 32; i <= (9 + q) * 32; i++) {
    const z = i * step;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const below = normalUpperTail(-z);
    const outside = normalUpperTail(q - z);
    // φ(z)·(Φ(z)^(k−1) − (Φ(z) − Φ(z−q))^(k−1)); the first part alone integrates to 1 / k
    const difference = -Math.expm1((count - 1) * Math.log1p(-Math.min(1, outside / below)));
    total += density * Math.pow(below, count - 1) * difference;
  }
  return Math.min(1, count * step * total);
}

/** The q with P(Q > q) = p for `count` means and infinitely many degrees of freedom. */
export function studentizedRangeUpperQuantile(p: number, count: number): number {
  return solveTail((q) => studentizedRangeUpperTail(q, count), p, null);
}

/** The x > 0 where a decreasing upper tail has the value p: bracketed, then Newton on ln(tail), else halving. */
function solveTail(tail: (x: number) => number, p: number, density: ((x: number) => number) | null): number {
  let low = 0;
  let high = 1;
  while (tail(high) > p) {
    low = high;
    high *= 2;
    if (high > 1e300) return Infinity;
  }
  let x = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const value = tail(x);
    if (value > p) low = x;
    else high = x;
    const newton = density === null ? Number.NaN : x + (value * Math.log(value / p)) / density(x);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * Math.abs(x)) return next;
    x = next;
  }
  return x;
}
