/** A function to be minimised: its value at x, writing its gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/**
 * Minimum of a smooth convex function by L-BFGS (8 pairs, backtracking to a decrease of 1e-4 of the slope), in doubles.
 * It ends when the largest element of the gradient is at most `tolerance`, or no step decreases the value any more
 * (rounding), or after `iterations`. Source: Nocedal, Wright 2006, algorithms 7.4 and 7.5.
 * @returns the point and the largest element of its gradient.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: { readonly tolerance: number; readonly iterations: number },
): { readonly x: Float64Array; readonly gradient: number } {
  const pairs: { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[] = [];
  let x = Float64Array.from(start);
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  for (let iteration = 0; iteration < options.iterations && largest(gradient) > options.tolerance; iteration++) {
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let next = x;
    const nextGradient = new Float64Array(x.length);
    let nextValue = Infinity;
    for (let halvings = 0; halvings < 60; halvings++, length /= 2) {
      next = x.map((v, i) => v + length * (direction[i] ?? 0));
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue <= value) || next.every((v, i) => v === x[i])) break;
    const from = x;
    const fromGradient = gradient;
    const s = next.map((v, i) => v - (from[i] ?? 0));
    const y = nextGradient.map((v, i) => v - (fromGradient[i] ?? 0));
    const sy = dot(s, y);
    if (sy > 0) pairs.push({ s, y, sy });
    if (pairs.length > 8) pairs.shift();
    x = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return { x, gradient: largest(gradient) };
}

/** −H·gradient, H being the inverse Hessian as the pairs of steps and gradient changes tell it (two-loop recursion). */
function descent(
  gradient: Float64Array,
  pairs: readonly { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[],
): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (const { s, y, sy } of [...pairs].reverse()) {
    const alpha = dot(s, q) / sy;
    alphas.push(alpha);
    addScaled(q, y, -alpha);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.sy / dot(last.y, last.y);
    q.forEach((v, i) => (q[i] = v * scale));
  }
  for (const { s, y, sy } of pairs) addScaled(q, s, (alphas.pop() ?? 0) - dot(y, q) / sy);
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function addScaled(to: Float64Array, x: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + factor * (x[i] ?? 0);
}

function largest(x: Float64Array): number {
  return x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}
