import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';

/**
 * How places become positions. `visible` counts the visible tokens of a row, so that padding on either side changes
 * nothing; `places` counts every place, padding too, as a plain call of Hugging Face's models does; or int32 positions,
 * `[length]` or `[batch, length]`.
 */
export type Positions = 'visible' | 'places' | Tensor;

/** What stands before the tokens in the order of attention, as a cache remembers it. */
export interface PastPlaces {
  readonly places: number;
  /** Row-major `[batch, places]`, 1 where a token stands and 0 for padding; `null` without padding. */
  readonly visible: Uint8Array | null;
  /** The position of the next token of each row. */
  readonly next: Int32Array;
}

/** What attention adds to the scores, and which queries may look at anything at all. */
export interface AttentionBias {
  /** 0 where a query may look and a very negative number elsewhere, `[1 or batch, 1, length, keys]`; `null`: everywhere. */
  readonly scores: Tensor | null;
  /** 0 for the queries that may look at nothing, `[batch, 1, length, 1]`; `null` when there is none of them. */
  readonly answered: Tensor | null;
}

/** Where the tokens of a batch stand: what the blocks of a causal transformer need to know besides their states. */
export interface TokenPlaces {
  readonly batch: number;
  readonly length: number;
  readonly past: PastPlaces;
  /** Row-major, `[length]` when the rows share them and `[batch, length]` otherwise. */
  readonly positions: Int32Array;
  readonly positionsAreShared: boolean;
  /** Past and present places, `[batch, past.places + length]`; `null` without padding. */
  readonly visible: Uint8Array | null;
  /** The position of the token that comes after them, for each row. */
  readonly next: Int32Array;
}

export interface PlacedTokens {
  readonly batch: number;
  readonly length: number;
  /** `[batch, length]`, 0 for padding. */
  readonly mask?: Tensor;
  /** `visible` when left out. */
  readonly positions?: Positions;
  /** The position of the first token; 0 when left out. A past has its own. */
  readonly firstPosition?: number;
  readonly past?: PastPlaces;
}

/** Far below any score, so that its exponential is 0, and finite, so that no difference is NaN. */
const hidden = -1e9;

/** The mask as bytes; `null` when nothing is hidden. */
function visibleOf({ batch, length, mask }: PlacedTokens): Uint8Array | null {
  if (!mask) return null;
  if (mask.shape.join() !== [batch, length].join()) {
    throw new RangeError(`The attention mask of tokens [${batch}, ${length}] must have their shape, but it is [${mask.shape}].`);
  }
  const values = Uint8Array.from(mask.dataSync(), (value) => (value === 0 ? 0 : 1));
  return values.includes(0) ? values : null;
}

/** Past and present side by side; `null` when nothing of both is hidden. */
function joinedVisible(past: PastPlaces, own: Uint8Array | null, { batch, length }: PlacedTokens): Uint8Array | null {
  if (!past.visible && !own) return null;
  const whole = past.places + length;
  const joined = new Uint8Array(batch * whole).fill(1);
  for (let row = 0; row < batch; row += 1) {
    if (past.visible) joined.set(past.visible.subarray(row * past.places, (row + 1) * past.places), row * whole);
    if (own) joined.set(own.subarray(row * length, (row + 1) * length), row * whole + past.places);
  }
  return joined;
}

function givenPositions(positions: Tensor, { batch, length }: PlacedTokens): Int32Array {
  const shape = positions.shape.join();
  if (positions.dtype !== 'int32' || (shape !== `${length}` && shape !== `${batch},${length}`)) {
    throw new RangeError(
      `Positions of tokens [${batch}, ${length}] must be int32 [${length}] or [${batch}, ${length}], ` +
        `but they are ${positions.dtype} [${positions.shape}].`,
    );
  }
  const values = Int32Array.from(positions.dataSync());
  return positions.rank === 2 ? values : Int32Array.from({ length: batch * length }, (_, index) => values[index % length] ?? 0);
}

/**
 * Places and positions of the tokens of a batch.
 * @throws RangeError when mask, positions and past don't fit the tokens
 */
export function placeTokens(tokens: PlacedTokens): TokenPlaces {
  const { batch, length, positions: mode = 'visible', firstPosition = 0 } = tokens;
  const past = tokens.past ?? { places: 0, visible: null, next: new Int32Array(batch).fill(firstPosition) };
  if (past.next.length !== batch) {
    throw new RangeError(`The cache holds ${past.next.length} rows, the tokens that follow ${batch}: fork it to as many rows.`);
  }
  const own = visibleOf(tokens);
  const next = Int32Array.from(past.next);
  const positions = typeof mode === 'string' ? new Int32Array(batch * length) : givenPositions(mode, tokens);
  for (let row = 0; row < batch; row += 1) {
    for (let place = 0; place < length; place += 1) {
      const at = row * length + place;
      if (typeof mode === 'string') positions[at] = next[row] ?? 0;
      else next[row] = positions[at] ?? 0;
      if (mode !== 'visible' || own === null || own[at] === 1) next[row] = (next[row] ?? 0) + 1;
    }
  }
  const positionsAreShared = positions.every((position, at) => position === positions[at % length]);
  return {
    batch,
    length,
    past,
    positions: positionsAreShared ? positions.slice(0, length) : positions,
    positionsAreShared,
    visible: joinedVisible(past, own, tokens),
    next,
  };
}

/** What the cache keeps of places. */
export function asPast({ past, length, visible, next }: TokenPlaces): PastPlaces {
  return { places: past.places + length, visible, next };
}

/** The last visible place of each row, the last one where none is. */
export function lastVisiblePlaces({ batch, length, past, visible }: TokenPlaces): Int32Array {
  const whole = past.places + length;
  return Int32Array.from({ length: batch }, (_, row) => {
    for (let place = length - 1; place >= 0; place -= 1) {
      if (!visible || visible[row * whole + past.places + place] === 1) return place;
    }
    return length - 1;
  });
}

/**
 * 1 where a visible token stands directly before a place and 0 elsewhere, `[batch, 1, length, 1]`; `null` when that is so
 * everywhere but at the very beginning.
 */
export function hasPrevious({ batch, length, past, visible }: TokenPlaces): Tensor | null {
  if (!visible) return null;
  const whole = past.places + length;
  const flags = new Float32Array(batch * length);
  for (let row = 0; row < batch; row += 1) {
    for (let place = 0; place < length; place += 1) {
      const before = past.places + place - 1;
      flags[row * length + place] = before >= 0 ? (visible[row * whole + before] ?? 0) : 0;
    }
  }
  return tf.tensor(flags, [batch, 1, length, 1]);
}

/**
 * The causal mask as {@link AttentionBias}, by how many keys there are in all: those that are more than the places stand in
 * front, and everyone may look at them. Made once for each number; the tensors belong to the scope of the caller.
 */
export function attentionBiases(places: TokenPlaces): (keys: number) => AttentionBias {
  const made = new Map<number, AttentionBias>();
  return (keys) => {
    const known = made.get(keys);
    if (known) return known;
    const bias = attentionBias(places, keys);
    made.set(keys, bias);
    return bias;
  };
}

function attentionBias({ batch, length, past, visible }: TokenPlaces, keys: number): AttentionBias {
  if (!visible && length === 1) return { scores: null, answered: null };
  const rows = visible ? batch : 1;
  const whole = past.places + length;
  const front = keys - whole;
  const scores = new Float32Array(rows * length * keys);
  const answered = new Float32Array(rows * length).fill(front > 0 ? 1 : 0);
  for (let row = 0; row < rows; row += 1) {
    for (let query = 0; query < length; query += 1) {
      const at = row * length + query;
      for (let key = 0; key < whole; key += 1) {
        const mayLook = key <= past.places + query && (!visible || visible[row * whole + key] === 1);
        if (mayLook) answered[at] = 1;
        else scores[at * keys + front + key] = hidden;
      }
    }
  }
  return {
    scores: tf.tensor(scores, [rows, 1, length, keys]),
    answered: answered.includes(0) ? tf.tensor(answered, [rows, 1, length, 1]) : null,
  };
}
