import type { LanguageCache } from '../../models/index.ts';
import type { Generator } from '../../random/index.ts';
import { argmaxRows, disposeBegun, readText } from '../../reprogramming/index.ts';
import type { AdaptedLanguage, Begun, Reader, Rows } from '../../reprogramming/index.ts';
import { disposeCache, forkCache } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import type { FrozenLanguageModel } from '../../models/index.ts';

/** An adapted model with its parameters, ready to be measured. */
export interface Measured {
  readonly model: FrozenLanguageModel;
  readonly adapted: AdaptedLanguage;
  readonly params: Params;
}

const mostRows = 100;
/** Attention scores of a head over all rows of a batch: more of them leave the processor's caches. */
const mostScores = 400_000;

/** The tokens that all rows begin with, at least one of each left over. */
export function commonStart(rows: Rows): readonly number[] {
  const [first = []] = rows;
  const most = rows.reduce((least, { length }) => Math.min(least, length - 1), first.length - 1);
  let length = 0;
  while (length < most && rows.every((row) => row[length] === first[length])) length += 1;
  return first.slice(0, length);
}

/** What stands in front of every text, and the tokens that all texts begin with, read once. */
function withStart(reader: Reader, start: readonly number[]): Begun {
  const { outputs, cache } = readText(reader, [start], new Int32Array([0]));
  outputs.dispose();
  return { weights: reader.begun.weights, front: cache, unread: null, extra: null };
}

/** Numbers of rows, like lengths together, few where rows are long; where asked for, of rows of one length each. */
function batchesOf(rows: Rows, ofOneLength: boolean): readonly (readonly number[])[] {
  const lengthOf = (number: number): number => rows[number]?.length ?? 0;
  const order = [...rows.keys()].sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  const batches: number[][] = [];
  for (const number of order) {
    const open = batches.at(-1);
    const longest = lengthOf(open?.[0] ?? number);
    const most = Math.max(1, Math.min(mostRows, Math.floor(mostScores / (longest * longest))));
    const fits = open && open.length < most && (!ofOneLength || longest === lengthOf(number));
    if (fits) open.push(number);
    else batches.push([number]);
  }
  return batches;
}

export interface Batching {
  /** `false`: what the rows have in common is read again in every row, for comparison. */
  readonly shared?: boolean;
  /**
   * Whether more is read behind the rows. Then a batch holds rows of one length: with padding between, the first new token
   * would not find the one before it, which smeared keys look for.
   */
  readonly continued?: boolean;
}

/**
 * Hands rows to `use` in batches of like lengths, with a reader behind what they have in common, which is read once. `use`
 * gets the rows without it and their numbers.
 */
export function inBatches(
  { model, adapted, params }: Measured,
  rows: Rows,
  use: (reader: Reader, batch: Rows, numbers: readonly number[]) => void,
  { shared = true, continued = false }: Batching = {},
): void {
  if (rows.length === 0) return;
  const { architecture, weights } = model;
  const begun = adapted.begin(params, { plain: !shared });
  const reader: Reader = { architecture, begun, reads: adapted.reads };
  const start = shared && rows.length > 1 ? commonStart(rows) : [];
  const behind = start.length > 0 ? withStart(reader, start) : null;
  try {
    for (const numbers of batchesOf(rows, continued)) {
      const batch = numbers.map((number) => (rows[number] ?? []).slice(start.length));
      use(behind ? { ...reader, begun: behind } : reader, batch, numbers);
    }
  } finally {
    if (behind) disposeBegun({ ...behind, weights }, weights);
    disposeBegun(begun, { ...weights, ...params });
  }
}

/** ln softmax over the last axis. */
export const logProbabilities = (logits: Tensor): Tensor => tf.logSoftmax(logits);

/**
 * For each row the log-probability of each choice behind it, `[rows, choices]` row-major: the sum over its tokens. The row is
 * read once and its cache shared by the choices.
 */
export function scoreChoices(measured: Measured, rows: Rows, choices: Rows, how: { readonly shared?: boolean } = {}): Float32Array {
  const scores = new Float32Array(rows.length * choices.length);
  const { adapted, params } = measured;
  const singles = choices.every(({ length }) => length === 1);
  const columns = Int32Array.from(choices, ([token = 0]) => token);
  inBatches(
    measured,
    rows,
    (reader, batch, numbers) => {
      const put = (row: number, choice: number, value: number): void => {
        scores[(numbers[row] ?? 0) * choices.length + choice] = value;
      };
      const { outputs, cache } = readText(reader, batch, 'last');
      const first = tf.tidy(() => {
        const ways = logProbabilities(adapted.align(params, outputs));
        return Float32Array.from(tf.gather(ways, tf.tensor1d(columns, 'int32'), 1).dataSync());
      });
      outputs.dispose();
      batch.forEach((_, row) => choices.forEach((__, choice) => put(row, choice, first[row * choices.length + choice] ?? NaN)));
      if (!singles) {
        choices.forEach((tokens, choice) => {
          const rest = restOfChoice(reader, measured, cache, batch.length, tokens);
          rest.forEach((sum, row) => put(row, choice, (first[row * choices.length + choice] ?? NaN) + sum));
        });
      }
      disposeCache(cache);
    },
    { ...how, continued: !singles },
  );
  return scores;
}

/** The log-probabilities of a choice's tokens after its first, summed, for each row of a cache. */
function restOfChoice(
  reader: Reader,
  { adapted, params }: Measured,
  cache: LanguageCache,
  rows: number,
  tokens: readonly number[],
): readonly number[] {
  if (tokens.length < 2) return Array.from({ length: rows }, () => 0);
  const given = Array.from({ length: rows }, () => tokens.slice(0, -1));
  const read = readText(reader, given, 'all', cache);
  const sums = tf.tidy(() => {
    const flat = tf.reshape(read.outputs, [-1, read.outputs.shape.at(-1) ?? 1]);
    const ways = logProbabilities(adapted.align(params, flat));
    const wanted = tf.tensor1d(given.flatMap(() => tokens.slice(1)), 'int32');
    const picked = tf.sum(tf.mul(ways, tf.oneHot(wanted, ways.shape[1] ?? 1)), 1);
    return Array.from(tf.sum(tf.reshape(picked, [rows, -1]), 1).dataSync());
  });
  read.outputs.dispose();
  disposeCache(read.cache);
  return sums;
}

/** What is made of what stands behind each row, `[rows, width]` row-major. */
function readBehind(measured: Measured, rows: Rows, width: number, make: (aligned: Tensor) => Tensor): Float32Array {
  const { adapted, params } = measured;
  const all = new Float32Array(rows.length * width);
  inBatches(measured, rows, (reader, batch, numbers) => {
    const { outputs, cache } = readText(reader, batch, 'last');
    const values = tf.tidy(() => Float32Array.from(make(adapted.align(params, outputs)).dataSync()));
    outputs.dispose();
    disposeCache(cache);
    numbers.forEach((number, row) => all.set(values.subarray(row * width, (row + 1) * width), number * width));
  });
  return all;
}

/** For each row the probabilities of all next tokens, `[rows, vocabulary]` row-major. */
export function nextTokenDistributions(measured: Measured, rows: Rows): Float32Array {
  return readBehind(measured, rows, measured.model.architecture.vocabulary, (logits) => tf.softmax(logits));
}

/** The scores of the classes of a learned head, `[rows, classes]` row-major. */
export function scoreByHead(measured: Measured, rows: Rows, classes: number): Float32Array {
  return readBehind(measured, rows, classes, (scores) => scores);
}

export interface Writing {
  /** At most so many tokens a row, and none behind the end of the context but the last that was read off it. */
  readonly newTokens: number;
  /** The token that ends a row; it is written, too. */
  readonly end: number;
  /** Samples of each row at a temperature, a stream of draws for each; the likeliest token, once, if absent. */
  readonly samples?: { readonly count: number; readonly temperature: number; readonly generator: (row: number, sample: number) => Generator };
}

/** The token that a draw u in [0, 1) falls on among probabilities; the likeliest where rounding leaves u behind them all. */
function sampled(probabilities: ArrayLike<number>, u: number): number {
  let sum = 0;
  for (let token = 0; token < probabilities.length; token += 1) {
    sum += probabilities[token] ?? 0;
    if (u < sum) return token;
  }
  return argmaxRows(probabilities, probabilities.length)[0] ?? 0;
}

/** What the model writes behind each row: for each row its samples, each as token ids. A row is read once for all of them. */
export function writeBehind(measured: Measured, rows: Rows, { newTokens, end, samples }: Writing): readonly (readonly (readonly number[])[])[] {
  const { adapted, params } = measured;
  const times = samples?.count ?? 1;
  const written: number[][][] = rows.map(() => Array.from({ length: times }, () => []));
  inBatches(measured, rows, (reader, batch, numbers) => {
    const heads = batch.flatMap((_, row) => Array.from({ length: times }, () => row));
    const streams = samples
      ? heads.map((row, at) => samples.generator(numbers[row] ?? 0, at % times))
      : null;
    const read = readText(reader, batch, 'last');
    const picked = tf.tensor1d(heads, 'int32');
    let outputs = times === 1 ? read.outputs : tf.gather(read.outputs, picked);
    let cache = times === 1 ? read.cache : forkCache(read.cache, heads);
    picked.dispose();
    if (times > 1) {
      read.outputs.dispose();
      disposeCache(read.cache);
    }
    const texts = heads.map((): number[] => []);
    const ended = heads.map(() => false);
    for (let step = 0; step < newTokens; step += 1) {
      const width = measured.model.architecture.vocabulary;
      const values = tf.tidy(() => {
        const logits = adapted.align(params, outputs);
        return (samples ? tf.softmax(tf.div(logits, samples.temperature)) : logits).dataSync();
      });
      const chosen = streams
        ? streams.map((stream, at) => sampled(values.subarray(at * width, (at + 1) * width), stream.uniform(0, 1)))
        : [...argmaxRows(values, width)];
      chosen.forEach((token, at) => {
        if (!ended[at]) texts[at]?.push(token);
        if (token === end) ended[at] = true;
      });
      outputs.dispose();
      // rows of one length reach the end of the context together; nothing is written behind it
      const isFull = (cache.past.next[0] ?? 0) >= measured.model.architecture.contextLength;
      if (!ended.includes(false) || step === newTokens - 1 || isFull) break;
      const next = readText(reader, chosen.map((token) => [token]), 'last', cache);
      disposeCache(cache);
      ({ outputs, cache } = next);
    }
    disposeCache(cache);
    texts.forEach((text, at) => {
      const row = written[numbers[heads[at] ?? 0] ?? 0];
      if (row) row[at % times] = text;
    });
  }, { continued: true });
  return written;
}
