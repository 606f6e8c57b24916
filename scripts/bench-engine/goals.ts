import { benchVit, benchVitOptions, featuresOf, vit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { attendedPrompts, promptTokens, replacedTokens, reprogram } from '../../src/reprogramming/index.ts';
import type { Adapted, Manipulation } from '../../src/reprogramming/index.ts';
import { digestParams, linear, softmaxCrossEntropy, tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params } from '../../src/tensor/index.ts';
import { drawn, measure } from './measure.ts';
import type { PlainProducts } from './measure.ts';

/** How many times as fast one road is as another that computes the same. */
export interface Speedup {
  readonly name: string;
  readonly factor: number;
  /** At least so much is wished for. */
  readonly goal?: number;
  /** Milliseconds of one run of either. */
  readonly fast: number;
  readonly plain: number;
}

const [batch, tokens, targets, epochs] = [64, 100, 10, 100] as const;

/** The bench ViT with a last block that computes every token, as it is usually written. */
const plainVit = vit({ ...benchVitOptions, lastBlock: 'all-tokens' });

/**
 * VPT-deep with 100 tokens: prompts as keys and values, and a last block for the class token, beside tokens that are written
 * over before every block. A linear probe: a step on features that were computed once beside one that computes them again;
 * over 100 epochs with the pass that fills the store.
 */
export function measureGoals(plainProducts: PlainProducts, rounds: number): readonly Speedup[] {
  const weights = benchVit.initialise(createGenerator('bench-engine'));
  const model = (architecture: Architecture): FrozenModel => ({
    id: 'bench-vit', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true,
  });
  const pictures = tf.tidy(() => drawn([batch, 32, 32, 3]).abs());
  const labels = tf.tensor1d(Array.from({ length: batch }, (_, i) => i % targets), 'int32');
  const prompts = { count: tokens, width: benchVit.width ?? 0, bound: 0.1 };
  const adapt = (architecture: Architecture, manipulations: readonly Manipulation[]): Adapted =>
    reprogram(
      model(architecture),
      { fit: { size: 32 }, manipulations, alignment: { kind: 'linear', reads: 'features', start: 'zero' } },
      targets,
    );
  const fast = adapt(benchVit, benchVit.blocks.map((_, block) => attendedPrompts({ block, ...prompts })));
  const plain = adapt(
    plainVit,
    plainVit.blocks.map((_, block) => (block === 0 ? promptTokens(prompts) : replacedTokens({ block, ...prompts }))),
  );
  const params = fast.initialise(createGenerator('start'));
  const forward = ({ outputs }: Adapted) => (): void => tf.tidy(() => void outputs(params, pictures).dataSync());
  const step = ({ outputs, align }: Adapted) => (): void =>
    tf.tidy(() => {
      const loss = (p: Params) => softmaxCrossEntropy(align(p, outputs(p, pictures), null), labels);
      valueAndGradients(loss, params).value.dataSync();
    });

  const features = () => featuresOf(benchVit, weights, pictures);
  const stored = tf.tidy(features);
  const head: Params = { weight: drawn([128, targets], 0.1), bias: tf.zeros([targets]) };
  const probeStep = (from: () => tf.Tensor) => (): void =>
    tf.tidy(() => {
      const x = from();
      const loss = ({ weight, bias }: Params) => softmaxCrossEntropy(linear(x, weight ?? x, bias), labels);
      valueAndGradients(loss, head).value.dataSync();
    });

  const runs: Readonly<Record<string, () => void>> = {
    'fast forward': forward(fast),
    'plain forward': forward(plain),
    'fast step': step(fast),
    'plain step': step(plain),
    'stored features': probeStep(() => stored),
    'features again': probeStep(features),
  };
  const items = Object.entries(runs).map(([name, run]) => ({ name, operations: 1, run }));
  const [fastForward = NaN, plainForward = NaN, fastStep = NaN, plainStep = NaN, storedStep = NaN, againStep = NaN] =
    measure(items, plainProducts, rounds).map(({ milliseconds }) => milliseconds);
  tf.dispose([weights, pictures, labels, params, stored, head]);
  const speedup = (name: string, goal: number, quick: number, slow: number): Speedup => ({
    name, factor: slow / quick, goal, fast: quick, plain: slow,
  });
  const filling = againStep - storedStep;
  return [
    speedup(`VPT-deep, ${tokens} tokens, forward`, 1.5, fastForward, plainForward),
    speedup(`VPT-deep, ${tokens} tokens, step`, 1.5, fastStep, plainStep),
    speedup('linear probe, a step on stored features', 20, storedStep, againStep),
    speedup(`linear probe, ${epochs} epochs with filling the store`, 20, storedStep + filling / epochs, againStep),
  ];
}
