import { languageLogits } from '../../src/models/index.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import type { Rows } from '../../src/reprogramming/index.ts';
import { tf } from '../../src/tensor/index.ts';

/** A choice behind a row, laid out as the model reads it: all but its last token. */
interface Line {
  readonly read: readonly number[];
  readonly choice: readonly number[];
}

const linesAtOnce = 100;

/** The log-probability of each line's choice, `[lines]`. Padding stands behind, so that places stay what they are. */
function linesScored({ architecture, weights }: FrozenLanguageModel, lines: readonly Line[]): Float32Array {
  const longest = Math.max(...lines.map(({ read }) => read.length));
  const [ids, mask] = [new Int32Array(lines.length * longest), new Int32Array(lines.length * longest)];
  lines.forEach(({ read }, line) => {
    ids.set(read, line * longest);
    mask.fill(1, line * longest, line * longest + read.length);
  });
  const asked = lines.flatMap(({ read, choice }, line) => choice.map((_, at) => line * longest + read.length - choice.length + at));
  const ways = tf.tidy(() => {
    const shape: [number, number] = [lines.length, longest];
    const input = { tokens: tf.tensor2d(ids, shape, 'int32'), mask: tf.tensor2d(mask, shape, 'int32') };
    return tf.logSoftmax(languageLogits(architecture, weights, input, Int32Array.from(asked))).dataSync();
  });
  const scores = new Float32Array(lines.length);
  let place = 0;
  lines.forEach(({ choice }, line) => {
    for (const token of choice) scores[line] = (scores[line] ?? 0) + (ways[place++ * architecture.vocabulary + token] ?? NaN);
  });
  return scores;
}

/**
 * For each row the log-probability of each choice behind it, `[rows, choices]` row-major, as harnesses compute it: every
 * choice is read with the whole row before it. Only the places of a choice's tokens go through the head.
 */
export function scorePlainly(model: FrozenLanguageModel, rows: Rows, choices: Rows): Float32Array {
  const lines = rows.flatMap((row) => choices.map((choice): Line => ({ read: [...row, ...choice.slice(0, -1)], choice })));
  const scores = new Float32Array(lines.length);
  for (let first = 0; first < lines.length; first += linesAtOnce) {
    scores.set(linesScored(model, lines.slice(first, first + linesAtOnce)), first);
  }
  return scores;
}
