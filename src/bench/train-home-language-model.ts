import { languageLogits, worldLm } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import { argmaxRows } from '../reprogramming/index.ts';
import { languageDigest, languageDocument, languageVersion, languageWords, wordNumber } from '../tasks/index.ts';
import { softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { train } from '../training/index.ts';
import { curveOfSteps, firstStepsOf, roundedWeights, tallied } from './home-model.ts';
import type { HomeModel, Tally } from './home-model.ts';
import type { LanguageRecipe } from './home-recipes.ts';
import type { HomeTraining } from './train-home-model.ts';

/** Documents as a causal language model reads them. */
interface ReadDocuments {
  /** The words that are read, row-major `[documents, length]`. */
  readonly ids: Int32Array;
  /** Where a word comes next that the model is to say, as row·length + place. */
  readonly places: Int32Array;
  /** The words that come next there. */
  readonly next: Int32Array;
  /** The kind of the document that each place belongs to. */
  readonly kinds: readonly string[];
}

function readDocuments(indices: Int32Array, length: number): ReadDocuments {
  const ids: number[] = [];
  const places: number[] = [];
  const next: number[] = [];
  const kinds: string[] = [];
  indices.forEach((index, row) => {
    const { kind, words, learnt } = languageDocument(index, length + 1);
    const numbers = words.map(wordNumber);
    ids.push(...numbers.slice(0, length));
    numbers.slice(1).forEach((word, place) => {
      if (!learnt[place + 1]) return;
      places.push(row * length + place);
      next.push(word);
      kinds.push(kind);
    });
  });
  return { ids: Int32Array.from(ids), places: Int32Array.from(places), next: Int32Array.from(next), kinds };
}

/**
 * Makes a home-made language model from its recipe: every document is read once, and the loss is the mean cross-entropy of
 * the words of answers. Its accuracy is the share of such words said right, all before them given, in documents behind those
 * of the training.
 */
export async function trainHomeLanguageModel(home: LanguageRecipe, { steps, report }: HomeTraining): Promise<HomeModel> {
  if (home.language !== languageVersion) throw new RangeError(`${home.model} speaks ${home.language}; the language here is ${languageVersion}.`);
  const architecture = worldLm;
  const generator = createGenerator(home.seed);
  const { length } = home;
  const logits = (weights: Params, { ids, places }: ReadDocuments): Tensor =>
    languageLogits(architecture, weights, { tokens: tf.tensor2d(ids, [ids.length / length, length], 'int32') }, places);
  const losses: number[] = [];
  const result = await train(architecture.initialise(generator.split('initial')), {
    recipe: firstStepsOf(home.recipe, steps),
    count: home.documents,
    generator: generator.split('training'),
    loss: (weights, indices) => {
      const read = readDocuments(indices, length);
      const loss = softmaxCrossEntropy(logits(weights, read), tf.tensor1d(read.next, 'int32'));
      return { loss, outputs: loss };
    },
    observe: (_, [loss = NaN]) => losses.push(loss),
    ...(report ? { report } : {}),
  });
  const rounded = roundedWeights(result);
  const tallies = new Map<string, Tally>();
  for (let start = 0; start < home.testDocuments; start += 100) {
    const count = Math.min(100, home.testDocuments - start);
    const read = readDocuments(Int32Array.from({ length: count }, (_, i) => home.documents + start + i), length);
    const values = tf.tidy(() => Float32Array.from(logits(rounded.weights, read).dataSync()));
    argmaxRows(values, architecture.vocabulary).forEach((answer, i) => {
      const kind = read.kinds[i] ?? '';
      const tally = tallies.get(kind) ?? { right: 0, count: 0 };
      tallies.set(kind, { right: tally.right + (answer === read.next[i] ? 1 : 0), count: tally.count + 1 });
    });
  }
  return {
    recipe: home,
    ...rounded,
    curve: curveOfSteps(losses),
    classes: languageWords,
    ...tallied(tallies),
    taskDigest: languageDigest(),
  };
}
