import type { AssetSource, OpenedAsset } from '../assets/index.ts';
import {
  disposeImageClassifier,
  embedTexts,
  featuresOf,
  freshWorldPair,
  imageClassifier,
  imageFeatures,
  oneTree,
  similarityLogits,
  textFeatures,
  twoTowers,
  worldPair,
  worldPairTokenizer,
  zeroShotWeights,
} from '../models/index.ts';
import type { FrozenImageTextModel } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import { argmaxRows } from '../reprogramming/index.ts';
import { captionProbes, captionWords, captionedPicture, captionedScene, captionsDigest, captionsVersion, pictureShape, worldCaption } from '../tasks/index.ts';
import type { CaptionProbe, CaptionedPart } from '../tasks/index.ts';
import { softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { train } from '../training/index.ts';
import { curveOfSteps, firstStepsOf, roundedWeights, tallied } from './home-model.ts';
import type { HomeModel, Tally } from './home-model.ts';
import type { PairRecipe } from './home-recipes.ts';
import type { HomeTraining } from './train-home-model.ts';

/** ln 100: cosines are multiplied by 100 at most. */
const mostLogitScale = 4.605170185988092;

const tokenizer = worldPairTokenizer(captionWords);

/** Captioned pictures with values in [0, 1], `[indices, rows, columns, channels]`. */
function picturesAt(part: CaptionedPart, indices: Int32Array): Tensor {
  const size = pictureShape[0] * pictureShape[1] * pictureShape[2];
  const values = new Float32Array(indices.length * size);
  indices.forEach((index, place) => values.set(captionedPicture(part, index), place * size));
  return tf.tensor4d(values.map((byte) => byte / 255), [indices.length, ...pictureShape]);
}

/**
 * The symmetric contrastive loss of pictures and their captions (Radford et al. 2021, arXiv 2103.00020, fig. 3): of all
 * captions of the batch each picture has to find its own, and of all pictures each caption.
 */
function contrast(tree: Params, indices: Int32Array): Tensor {
  const weights = twoTowers(tree);
  const captions = Array.from(indices, (index) => tokenizer.encode(worldCaption('training', index, 0)));
  const images = imageFeatures(worldPair.image, weights.image, picturesAt('training', indices));
  const texts = textFeatures(worldPair.text, weights.text, embedTexts(worldPair.text, weights.text, captions));
  const logits = similarityLogits(images, texts, tf.minimum(weights.logitScale, mostLogitScale));
  const own = tf.range(0, indices.length, 1, 'int32');
  return tf.div(tf.add(softmaxCrossEntropy(logits, own), softmaxCrossEntropy(tf.transpose(logits), own)), 2);
}

/** How many of `count` probes are answered right without training, texts standing for the classes. */
function tallyOf(model: FrozenImageTextModel, { asks, classes, templates }: CaptionProbe, count: number): Tally {
  const embeddings = zeroShotWeights(model, classes, templates);
  const classifier = imageClassifier(model, { names: classes, embeddings });
  const { architecture, weights } = classifier;
  let right = 0;
  for (let start = 0; start < count; start += 250) {
    const indices = Int32Array.from({ length: Math.min(250, count - start) }, (_, place) => start + place);
    const values = tf.tidy(() => Float32Array.from(architecture.classify(weights, featuresOf(architecture, weights, picturesAt('probe', indices))).dataSync()));
    argmaxRows(values, classes.length).forEach((answer, place) => {
      right += classes[answer] === captionedScene('probe', start + place).facts.object[asks] ? 1 : 0;
    });
  }
  embeddings.dispose();
  disposeImageClassifier(classifier);
  return { right, count };
}

/** The weights that the image tower begins with. @throws RangeError where they aren't those that the recipe states */
async function startOf({ model, startsFrom }: PairRecipe, assets: AssetSource): Promise<OpenedAsset> {
  const found = await assets.open(startsFrom.model);
  if (found.digest === startsFrom.digest) return found;
  throw new RangeError(`${model} begins with the weights ${startsFrom.digest} of ${startsFrom.model}; those here have the digest ${found.digest}.`);
}

/**
 * Makes a home-made pair for images and texts from its recipe: every picture is seen once, with one of its captions. Its
 * accuracy is the share of shapes, colours and textures that it names without training for that, on pictures of one object
 * that it hasn't seen.
 */
export async function trainHomePair(home: PairRecipe, { assets, steps, report }: HomeTraining): Promise<HomeModel> {
  if (home.captions !== captionsVersion) throw new RangeError(`${home.model} knows ${home.captions}; the captions here are ${captionsVersion}.`);
  const generator = createGenerator(home.seed);
  const { tensors } = await startOf(home, assets);
  const losses: number[] = [];
  const result = await train(oneTree(freshWorldPair(tensors, generator.split('initial'))), {
    recipe: firstStepsOf(home.recipe, steps),
    count: home.pictures,
    generator: generator.split('training'),
    loss: (tree, indices) => {
      const loss = contrast(tree, indices);
      return { loss, outputs: loss };
    },
    observe: (_, [loss = NaN]) => losses.push(loss),
    ...(report ? { report } : {}),
  });
  const rounded = roundedWeights(result);
  const model = { id: home.model, architecture: worldPair, weights: twoTowers(rounded.weights), digest: rounded.digest, tokenizer, homeMade: true };
  return {
    recipe: home,
    ...rounded,
    curve: curveOfSteps(losses),
    classes: captionWords,
    ...tallied(new Map(captionProbes.map((probe) => [probe.asks, tallyOf(model, probe, home.testPictures)]))),
    taskDigest: captionsDigest(),
  };
}
