import { clipTextTower, contextRows, embedTexts, similarityLogits, textFeatures, textPositions } from '../../src/models/index.ts';
import type { ReadTextsOptions } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { softmaxCrossEntropy, tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import type { Speedup } from './goals.ts';
import { drawn, measure } from './measure.ts';
import type { PlainProducts } from './measure.ts';

const [classes, vectors, batch, end] = [100, 16, 32, 999] as const;

/** CLIP's 77 positions, and a tower small enough to be read plainly in seconds. */
const tower = clipTextTower({
  vocabulary: 1000, contextLength: 77, width: 128, depth: 2, heads: 4, mlpWidth: 512, layerNormEps: 1e-5, embeddingWidth: 128, end,
});

/** Names of one to four tokens and a full stop. */
const names = Array.from({ length: classes }, (_, k) => [998, ...[1, 2, 3, 4].slice(0, 1 + (k % 4)).map((id) => 4 * k + id), 500, end]);

/**
 * CoOp with 16 shared vectors before 100 class names: what all texts begin with read once and nothing behind the longest end,
 * beside every text read by itself with all positions, as KaiyangZhou/CoOp:trainers/coop.py does.
 */
export function measureTexts(plainProducts: PlainProducts, rounds: number): readonly Speedup[] {
  const weights = tower.initialise(createGenerator('bench-engine'));
  const rows = contextRows(names, { count: vectors, perClass: false });
  const context = drawn([vectors, tower.language.width]);
  const pictures = drawn([batch, tower.embeddingWidth]);
  const labels = tf.tensor1d(Array.from({ length: batch }, (_, i) => i % classes), 'int32');
  const scale = tf.scalar(2);
  const read = (now: Tensor, how: ReadTextsOptions): Tensor => textFeatures(tower, weights, embedTexts(tower, weights, rows, now), how);
  const forward = (how: ReadTextsOptions) => (): void => tf.tidy(() => void read(context, how).dataSync());
  const step = (how: ReadTextsOptions) => (): void =>
    tf.tidy(() => {
      const { value } = valueAndGradients((params) => {
        const [now = context] = Object.values(params);
        return softmaxCrossEntropy(similarityLogits(pictures, read(now, how), scale), labels);
      }, { context });
      value.dataSync();
    });
  const roads: readonly ReadTextsOptions[] = [{ road: 'shared' }, { road: 'plain' }];
  const positions = textPositions(tower, rows);
  const sizes = [positions.shared, positions.plain];
  const items = [forward, step].flatMap((kind) => roads.map((road, at) => ({ name: '', operations: sizes[at] ?? 1, run: kind(road) })));
  const [fastForward = NaN, plainForward = NaN, fastStep = NaN, plainStep = NaN] = measure(items, plainProducts, rounds).map(({ milliseconds }) => milliseconds);
  tf.dispose([...Object.values(weights), context, pictures, labels, scale]);
  return [
    { name: `texts of ${classes} classes behind ${vectors} vectors`, factor: plainForward / fastForward, goal: 5, fast: fastForward, plain: plainForward },
    { name: `CoOp's step with ${classes} classes`, factor: plainStep / fastStep, goal: 5, fast: fastStep, plain: plainStep },
  ];
}
