/**
 * The largest absolute difference of two arrays over the largest absolute value of the first, or over `least` where that is
 * larger: max|a − b| / max(least, max|a|). 0 where both are equal in every place. Infinite where lengths differ, where a value of either is no finite number, and where the
 * first is 0 throughout and the second isn't: none of these is agreement.
 */
export function relativeDifference(reference: ArrayLike<number>, other: ArrayLike<number>, least = 0): number {
  if (reference.length !== other.length) return Infinity;
  let [difference, size] = [0, 0];
  for (let i = 0; i < reference.length; i++) {
    const [a, b] = [reference[i] ?? NaN, other[i] ?? NaN];
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
    difference = Math.max(difference, Math.abs(a - b));
    size = Math.max(size, Math.abs(a));
  }
  return difference === 0 ? 0 : difference / Math.max(least, size);
}
