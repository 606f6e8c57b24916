/** Pictures of one size with their classes; bytes in the order picture, row, column, channel. */
export interface PictureSet {
  /** All pictures, `count · rows · columns · channels` bytes. A generated set draws what it has not drawn yet. */
  readonly images: Uint8Array;
  readonly shape: readonly [rows: number, columns: number, channels: number];
  /** The class of each picture, `[count]`. */
  readonly labels: Int32Array;
  readonly count: number;
  /** The bytes of one picture, where a set can give it without making all of them. */
  readonly picture?: (index: number) => Uint8Array;
}

function requireIndex(index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`no picture ${index} in a set of ${count}`);
  }
}

/** The bytes of picture `index`, not a copy: nothing may write to them. */
export function pictureAt(set: PictureSet, index: number): Uint8Array {
  requireIndex(index, set.count);
  if (set.picture) return set.picture(index);
  const size = set.shape[0] * set.shape[1] * set.shape[2];
  return set.images.subarray(index * size, (index + 1) * size);
}

/** A set whose picture `index` is made by `draw(index)` when it is first asked for, and kept. */
export function generatedPictures(
  shape: readonly [rows: number, columns: number, channels: number],
  labels: Int32Array,
  draw: (index: number) => Uint8Array,
): PictureSet {
  const size = shape[0] * shape[1] * shape[2];
  const count = labels.length;
  const drawn = new Uint8Array(count);
  let store: Uint8Array | undefined;

  function picture(index: number): Uint8Array {
    requireIndex(index, count);
    store ??= new Uint8Array(count * size);
    const place = store.subarray(index * size, (index + 1) * size);
    if (drawn[index] === 0) {
      place.set(draw(index));
      drawn[index] = 1;
    }
    return place;
  }

  return {
    get images() {
      for (let i = 0; i < count; i++) picture(i);
      return store ?? new Uint8Array(0);
    },
    shape,
    labels,
    count,
    picture,
  };
}
