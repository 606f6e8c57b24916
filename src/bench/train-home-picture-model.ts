import { featuresOf, modelRow } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import { argmaxRows, wholeCanvas } from '../reprogramming/index.ts';
import { examplesToTensor, loadTask } from '../tasks/index.ts';
import { softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { train } from '../training/index.ts';
import { firstStepsOf, roundedWeights } from './home-model.ts';
import type { HomeModel } from './home-model.ts';
import type { PictureRecipe } from './home-recipes.ts';
import type { HomeTraining } from './train-home-model.ts';

/** Makes a home-made network for pictures from its recipe. */
export async function trainHomePictureModel(home: PictureRecipe, { assets, steps, report }: HomeTraining): Promise<HomeModel> {
  const { architecture } = modelRow(home.model);
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
  const result = await train(architecture.initialise(generator.split('initial')), {
    recipe: firstStepsOf(home.recipe, steps),
    count: home.pictures,
    generator: generator.split('training'),
    loss: (weights, indices) => {
      const { x, y } = pick('train', indices);
      return { loss: softmaxCrossEntropy(logits(weights, x), y) };
    },
    ...(report ? { report } : {}),
  });
  const rounded = roundedWeights(result);
  let right = 0;
  for (let start = 0; start < home.testPictures; start += 250) {
    const indices = Int32Array.from({ length: Math.min(250, home.testPictures - start) }, (_, i) => start + i);
    const { values, labels } = tf.tidy(() => {
      const { x, y } = pick('test', indices);
      return { values: Float32Array.from(logits(rounded.weights, x).dataSync()), labels: Int32Array.from(y.dataSync()) };
    });
    argmaxRows(values, architecture.outputs).forEach((answer, i) => (right += answer === labels[i] ? 1 : 0));
  }
  return {
    recipe: home,
    ...rounded,
    curve: result.curve,
    classes: task.classes,
    testAccuracy: right / home.testPictures,
    testCount: home.testPictures,
    taskDigest: task.digest,
  };
}
