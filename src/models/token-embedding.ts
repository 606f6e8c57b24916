import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';

/**
 * Rows of a table `[vocabulary, width]` for token ids int32 `[batch, length]` → `[batch, length, width]`.
 * @throws RangeError for an id that the table doesn't have
 */
export function tokenEmbedding(table: Tensor, ids: Tensor): Tensor {
  const [vocabulary = 0] = table.shape;
  if (ids.dtype !== 'int32' || ids.rank !== 2) {
    throw new RangeError(`Token ids must be int32 [batch, length], but they are ${ids.dtype} [${ids.shape}].`);
  }
  const foreign = [...ids.dataSync()].find((id) => !(id >= 0 && id < vocabulary));
  if (foreign !== undefined) {
    throw new RangeError(`Token ${foreign} is none of the vocabulary's: its tokens are 0 to ${vocabulary - 1}.`);
  }
  return tf.gather(table, ids);
}
