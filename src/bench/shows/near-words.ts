import { unitLength } from '../../models/index.ts';
import type { FrozenImageTextModel } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { NearWord } from './show.ts';

/** The words of a model, to be compared with vectors that stand among their embeddings. */
export interface Words {
  /** For each of `[vectors, width]` so many words by cosine, the nearest first; of equal ones the first of the vocabulary. */
  readonly nearest: (vectors: Tensor, count: number) => readonly (readonly NearWord[])[];
  /** Mean over the words of the cosine with the nearest other one. */
  readonly apart: number;
  readonly dispose: () => void;
}

/** Six digits say more than anybody compares. */
const rounded = (value: number): number => Number(value.toFixed(6));

const rowsOf = (values: Float32Array, width: number): readonly (readonly number[])[] =>
  Array.from({ length: values.length / width }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);

/** Every token of the vocabulary counts as a word, the marks around a text among them. */
export function wordsOf({ architecture: { text }, weights, tokenizer }: FrozenImageTextModel): Words {
  const { vocabulary } = text.language;
  const table = tf.tidy(() => {
    const ids = tf.tensor2d(Array.from({ length: vocabulary }, (_, id) => id), [1, vocabulary], 'int32');
    return unitLength(tf.reshape(text.language.embed(weights.text, ids), [vocabulary, -1]));
  });
  const cosines = (vectors: Tensor): readonly (readonly number[])[] => {
    const all = tf.tidy(() => tf.matMul(unitLength(vectors), table, false, true));
    const rows = rowsOf(Float32Array.from(all.dataSync()), vocabulary);
    all.dispose();
    return rows;
  };
  const others = cosines(table).map((row, word) => Math.max(...row.filter((_, other) => other !== word)));
  return {
    nearest: (vectors, count) =>
      cosines(vectors).map((row) =>
        row
          .map((cosine, id) => ({ word: tokenizer.tokenOf(id) ?? `token ${id}`, cosine: rounded(cosine) }))
          .toSorted((a, b) => b.cosine - a.cosine)
          .slice(0, count),
      ),
    apart: rounded(others.reduce((sum, cosine) => sum + cosine, 0) / others.length),
    dispose: () => tf.dispose(table),
  };
}
