/** What becomes of two neighbours: the token `id`. Lower ranks come first. */
export interface Merge {
  readonly rank: number;
  readonly id: number;
}

/** The merge of two neighbouring tokens, if there is one. */
export type FindMerge = (left: number, right: number) => Merge | undefined;

/** One more than the largest rank that {@link mergePairs} takes. */
export const rankLimit = 0x20_0000;

const positions = 0x1_0000_0000;

/**
 * Byte-pair encoding of one word: again and again the pair of neighbours with the lowest rank becomes one token, the
 * leftmost of those with equal rank first, until no pair can be merged. Time O(n log n), with a queue of candidates.
 */
export function mergePairs(word: readonly number[], find: FindMerge): number[] {
  const ids = word.slice();
  const count = ids.length;
  if (count < 2) return ids;
  // A list linked both ways over positions; a merged-away position is its own `next`.
  const next = Uint32Array.from({ length: count }, (_, at) => at + 1);
  const previous = Int32Array.from({ length: count }, (_, at) => at - 1);
  const queue: number[] = [];
  const at = (position: number): number => ids[position] ?? -1;
  const offer = (position: number, right: number): void => {
    const merge = find(at(position), at(right));
    if (merge) push(queue, merge.rank * positions + position);
  };
  for (let position = 0; position + 1 < count; position++) offer(position, position + 1);

  for (let top = pop(queue); top !== undefined; top = pop(queue)) {
    const rank = Math.floor(top / positions);
    const position = top - rank * positions;
    const right = next[position] ?? count;
    if (right === position || right >= count) continue;
    const merge = find(at(position), at(right));
    // An entry of a pair that is no longer there; what stands there now has an entry of its own.
    if (merge?.rank !== rank) continue;
    const after = next[right] ?? count;
    const before = previous[position] ?? -1;
    ids[position] = merge.id;
    next[position] = after;
    next[right] = right;
    if (after < count) {
      previous[after] = position;
      offer(position, after);
    }
    if (before >= 0) offer(before, position);
  }
  return ids.filter((_, position) => next[position] !== position);
}

/** Adds a number to a binary heap whose root is the smallest. */
function push(heap: number[], value: number): void {
  let hole = heap.length;
  heap.push(value);
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = heap[parent] ?? -1;
    if (above <= value) break;
    heap[hole] = above;
    hole = parent;
  }
  heap[hole] = value;
}

/** Takes the smallest number out of a heap. */
function pop(heap: number[]): number | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    if ((heap[child + 1] ?? Infinity) < (heap[child] ?? Infinity)) child += 1;
    const below = heap[child] ?? Infinity;
    if (below >= last) break;
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = last;
  return top;
}
