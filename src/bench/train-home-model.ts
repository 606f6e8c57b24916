import type { AssetSource } from '../assets/index.ts';
import { float16ToNumber, numberToFloat16, unknownName } from '../assets/index.ts';
import { featuresOf, modelRow } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import { argmaxRows, wholeCanvas } from '../reprogramming/index.ts';
import { examplesToTensor, loadTask } from '../tasks/index.ts';
import { digestParams, mapParams, softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { train } from '../training/index.ts';
import { homeRecipes } from './home-recipes.ts';
import type { HomeRecipe } from './home-recipes.ts';

/** A home-made model as it comes out of its training. The caller owns `weights`. */
export interface HomeModel {
  readonly recipe: HomeRecipe;
  /** Rounded to float16 once, as they are stored. */
  readonly weights: Params;
  /** SHA-256 over the rounded weights, the digest of the frozen model. */
  readonly digest: string;
  /** Digest of the float32 weights before rounding. */
  readonly trainedDigest: string;
  readonly steps: number;
  readonly curve: readonly { readonly epoch: number; readonly loss: number }[];
  /** Accuracy (0–1) of the rounded weights on the test pictures of the source task. */
  readonly testAccuracy: number;
  readonly testCount: number;
  readonly taskDigest: string;
}

export interface HomeTraining {
  readonly assets: AssetSource;
  /** Stop after so many steps of the full course; all of it if absent. */
  readonly steps?: number;
  readonly report?: (done: number, total: number) => void;
}

/** The recipe of a home-made model; an unknown id names the nearest. */
export function homeRecipe(model: string): HomeRecipe {
  const found = homeRecipes.find((recipe) => recipe.model === model);
  if (found) return found;
  throw new RangeError(unknownName('home-made model', model, homeRecipes.map((recipe) => recipe.model)));
}

/**
 * Makes a home-made model from its recipe: every step is the last word of seed, recipe and kernels, so that on wasm the
 * same recipe gives the same bits.
 */
export async function trainHomeModel(model: string, { assets, steps, report }: HomeTraining): Promise<HomeModel> {
  const home = homeRecipe(model);
  const { architecture } = modelRow(model);
  const task = await loadTask(home.task, assets);
  const generator = createGenerator(home.seed);
  const { input } = architecture;
  const fit = wholeCanvas(input);
  const pick = (part: 'train' | 'test', indices: Int32Array): { x: Tensor; y: Tensor } => ({
    x: examplesToTensor(task[part], indices, input, fit),
    y: tf.tensor1d(
      Int32Array.from(indices, (index) => task[part].labels[index] ?? -1),
      'int32',
    ),
  });
  const logits = (weights: Params, x: Tensor): Tensor => architecture.classify(weights, featuresOf(architecture, weights, x));
  const recipe = { ...home.recipe, ...(steps === undefined ? {} : { stopAfter: Math.min(steps, home.recipe.stopAfter ?? steps) }) };
  const result = await train(architecture.initialise(generator.split('initial')), {
    recipe,
    count: home.pictures,
    generator: generator.split('training'),
    loss: (weights, indices) => {
      const { x, y } = pick('train', indices);
      return { loss: softmaxCrossEntropy(logits(weights, x), y) };
    },
    ...(report ? { report } : {}),
  });
  const trainedDigest = digestParams(result.params);
  const weights = mapParams(result.params, (tensor) =>
    tf.tensor(Float32Array.from(tensor.dataSync(), (value) => float16ToNumber(numberToFloat16(value))), tensor.shape),
  );
  tf.dispose(Object.values(result.params));
  let right = 0;
  for (let start = 0; start < home.testPictures; start += 250) {
    const indices = Int32Array.from({ length: Math.min(250, home.testPictures - start) }, (_, i) => start + i);
    const { values, labels } = tf.tidy(() => {
      const { x, y } = pick('test', indices);
      return { values: Float32Array.from(logits(weights, x).dataSync()), labels: Int32Array.from(y.dataSync()) };
    });
    argmaxRows(values, architecture.outputs).forEach((answer, i) => (right += answer === labels[i] ? 1 : 0));
  }
  return {
    recipe: home,
    weights,
    digest: digestParams(weights),
    trainedDigest,
    steps: result.steps,
    curve: result.curve,
    testAccuracy: right / home.testPictures,
    testCount: home.testPictures,
    taskDigest: task.digest,
  };
}
