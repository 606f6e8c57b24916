import { languageLogits } from '../../src/models/index.ts';
import type { Architecture, LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { disposeParams, softmaxCrossEntropy, tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn } from './measure.ts';

/** A forward pass or a step, which ends when its numbers are back. */
export interface Pass {
  readonly run: () => void;
  /** Floating-point operations of its matrix products, counted from the shapes. */
  readonly operations: number;
}

/** What a network with random weights is timed at: speed doesn't depend on them. */
export interface ShapeWork {
  readonly unit: 'images' | 'tokens';
  /** So many of them go through in a pass. */
  readonly count: number;
  readonly batch: string;
  readonly weights: number;
  readonly forward: Pass;
  /** The loss and its gradient with respect to ten prompt tokens; the weights are frozen. */
  readonly step: Pass;
  readonly dispose: () => void;
}

const prompts = 10;

/** Numbers in the matrices that every token goes through. */
function denseNumbers(weights: Params): number {
  const matrices = Object.entries(weights).filter(([name, { rank }]) => name.startsWith('blocks.') && rank === 2);
  return matrices.reduce((sum, [, { size }]) => sum + size, 0);
}

const numbersIn = (weights: Params): number => Object.values(weights).reduce((sum, { size }) => sum + size, 0);

interface Counts {
  readonly rows: number;
  readonly tokens: number;
  readonly width: number;
  readonly depth: number;
  /** Operations of a row beside the blocks that no gradient goes through, and that one goes through. */
  readonly before: number;
  readonly behind: number;
}

/**
 * A token takes 2 operations per number of the matrices of a block, and its attention 4·tokens·width. Backwards a matrix
 * product with frozen weights takes as much again, one of two activations twice as much.
 */
function operationsOf(weights: Params, { rows, tokens, width, depth, before, behind }: Counts) {
  const dense = (length: number): number => 2 * length * denseNumbers(weights);
  const attended = (length: number): number => 4 * length * length * width * depth;
  const long = tokens + prompts;
  return {
    forward: rows * (dense(tokens) + attended(tokens) + before + behind),
    step: rows * (2 * dense(long) + 3 * attended(long) + before + 2 * behind),
  };
}

const blocksOf = (weights: Params): number => new Set(Object.keys(weights).flatMap((name) => /^blocks\.\d+/.exec(name) ?? [])).size;

function passes(
  forward: () => Tensor, prompt: Tensor, loss: (prompt: Tensor) => Tensor, operations: { readonly forward: number; readonly step: number },
): Pick<ShapeWork, 'forward' | 'step'> {
  return {
    forward: { run: () => tf.tidy(() => void forward().dataSync()), operations: operations.forward },
    step: {
      run: () =>
        tf.tidy(() => {
          const { value, gradients } = valueAndGradients((params) => loss(params['prompt'] ?? prompt), { prompt });
          value.dataSync();
          gradients['prompt']?.dataSync();
        }),
      operations: operations.step,
    },
  };
}

const labelsFor = (rows: number, outputs: number): Tensor => tf.tensor1d(Array.from({ length: rows }, (_, row) => row % outputs), 'int32');

/** Pictures through a transformer. The prompt stands behind the class token, as in VPT. */
export function pictureWork(architecture: Architecture, { batch, patch }: { readonly batch: number; readonly patch: number }): ShapeWork {
  const { input, width = 0, outputs, featureWidth } = architecture;
  if (!('rows' in input)) throw new Error('Pictures are wanted here.');
  const weights = architecture.initialise(createGenerator('bench-engine'));
  const pictures = tf.tidy(() => drawn([batch, input.rows, input.columns, input.channels]).abs());
  const labels = labelsFor(batch, outputs);
  const prompt = drawn([1, prompts, width], 0.1);
  const logits = (more?: Tensor): Tensor => {
    const embedded = architecture.embed(weights, pictures);
    const [first, rest] = [tf.slice(embedded, [0, 0, 0], [batch, 1, width]), tf.slice(embedded, [0, 1, 0])];
    const start = more ? tf.concat([first, tf.tile(more, [batch, 1, 1]), rest], 1) : embedded;
    const state = architecture.blocks.reduce((before, block) => block(weights, before), start);
    return architecture.classify(weights, architecture.features(weights, state));
  };
  const patches = (input.rows / patch) * (input.columns / patch);
  const operations = operationsOf(weights, {
    rows: batch,
    tokens: patches + 1,
    width,
    depth: architecture.blocks.length,
    before: 2 * patches * patch * patch * input.channels * width,
    behind: 2 * featureWidth * outputs,
  });
  return {
    unit: 'images',
    count: batch,
    batch: `${batch} of ${input.rows} × ${input.columns}`,
    weights: numbersIn(weights),
    ...passes(() => logits(), prompt, (more) => softmaxCrossEntropy(logits(more), labels), operations),
    dispose: () => {
      disposeParams(weights);
      tf.dispose([pictures, labels, prompt]);
    },
  };
}

/** Texts through a causal transformer, read at their last token. The prompt stands in front of them. */
export function textWork(architecture: LanguageArchitecture, { rows, tokens }: { readonly rows: number; readonly tokens: number }): ShapeWork {
  const { vocabulary, width } = architecture;
  const weights = architecture.initialise(createGenerator('bench-engine'));
  const generator = createGenerator('bench-engine').split('texts');
  const ids = tf.tensor2d(Int32Array.from({ length: rows * tokens }, () => generator.integer(vocabulary)), [rows, tokens], 'int32');
  const prompt = drawn([1, prompts, width], 0.1);
  const forward = (): Tensor => languageLogits(architecture, weights, { tokens: ids }, 'last');
  const outputs = tf.tidy(() => forward().shape[1] ?? 0);
  const labels = labelsFor(rows, outputs);
  const loss = (more: Tensor): Tensor => {
    const embedded = tf.concat([tf.tile(more, [rows, 1, 1]), architecture.embed(weights, ids)], 1);
    return softmaxCrossEntropy(languageLogits(architecture, weights, { tokens: embedded }, 'last'), labels);
  };
  const operations = operationsOf(weights, { rows, tokens, width, depth: blocksOf(weights), before: 0, behind: 2 * width * outputs });
  return {
    unit: 'tokens',
    count: rows * tokens,
    batch: `${rows} × ${tokens}`,
    weights: numbersIn(weights),
    ...passes(forward, prompt, loss, operations),
    dispose: () => {
      disposeParams(weights);
      tf.dispose([ids, labels, prompt]);
    },
  };
}
