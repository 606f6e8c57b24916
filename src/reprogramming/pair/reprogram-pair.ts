import { similarityLogits, unitLength } from '../../models/index.ts';
import { softmaxCrossEntropy, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { classOfParts } from '../class-of.ts';
import type { Classed } from '../class-of.ts';
import type { PairSetting } from '../method.ts';
import { ownParameters, parametersOf } from '../own-parameters.ts';
import { countParameters, initialParameters } from '../parameters.ts';
import { checkSites, throughNetwork } from '../through-network.ts';
import type { Placed } from '../through-network.ts';
import type { Manipulation } from '../types.ts';
import { wholeCanvas } from '../whole-canvas.ts';
import { checkNames, contextFeatures, contextTexts, sentencesOfClasses, writtenFeatures } from './class-features.ts';
import type { ContextTexts } from './class-features.ts';
import { meanOfBest } from './mean-of-best.ts';
import type { AdaptedPair, PairAct, PairComposition, PairManipulation, PairWording } from './types.ts';

interface Numbered<Act> {
  readonly act: Act;
  /** Which manipulation it belongs to; its parameters are found by that. */
  readonly index: number;
}
type ImageAct = Extract<PairAct, { tower: 'image' }>;
type TextAct = Extract<PairAct, { tower: 'text' }>;

const actsIn = <Tower extends PairAct['tower']>(manipulations: readonly PairManipulation[], tower: Tower) =>
  manipulations.flatMap(({ acts }, index) =>
    acts.flatMap((act): Numbered<Extract<PairAct, { tower: Tower }>>[] => (isIn(act, tower) ? [{ act, index }] : [])),
  );

function isIn<Tower extends PairAct['tower']>(act: PairAct, tower: Tower): act is Extract<PairAct, { tower: Tower }> {
  return act.tower === tower;
}

/** What an act is to the taxonomy: it has the parameters of its manipulation. */
const classed = (manipulations: readonly PairManipulation[]): readonly Classed[] =>
  manipulations.flatMap(({ acts, parameters }) => acts.map(({ site, action }) => ({ site, action, parameters })));

/** A name within a template. */
export const inTemplate = (template: string, name: string): string => template.split('{}').join(name);

/** A text for each class: its name in the plainest template. */
export function plainTexts({ names, templates: [plainest = '{}'] }: PairWording): readonly string[] {
  return names.map((name) => inTemplate(plainest, name));
}

/** How the texts of a composition become one number for each picture and class. */
type Scores = (params: Params, pictures: Tensor) => Tensor;

interface Texts {
  /** exp(logit scale)·similarity, `[pictures, classes]`, of pictures' embeddings `[pictures, embeddingWidth]`. */
  readonly scores: Scores;
  /** The classes' embeddings at unit length, `[classes, embeddingWidth]`, where they are one each and the same for all pictures. */
  readonly features: ((params: Params) => Tensor) | null;
  readonly kept: readonly Tensor[];
}

/** Texts that nothing learned stands in: read once. */
function fixedTexts({ model, wording }: PairSetting, written: readonly (readonly (readonly string[])[])[], reading: PairComposition['reading']): Texts {
  const { logitScale } = model.weights;
  checkNames(model, wording.names);
  if (reading.as === 'nearest-sentences') {
    const { best, shares } = reading;
    if (shares.length !== written.length || written.length === 0) {
      throw new RangeError(`${shares.length} shares were given for ${written.length} lists of sentences.`);
    }
    const lists = written.map((ofClass) => sentencesOfClasses(model, ofClass));
    const scores: Scores = (_, pictures) => {
      const images = unitLength(pictures);
      const parts = lists.map((list, at) => {
        const [classes = 0, sentences = 0, width = 0] = list.shape;
        const similarity = tf.matMul(images, tf.reshape(list, [classes * sentences, width]), false, true);
        return tf.mul(meanOfBest(tf.reshape(similarity, [-1, classes, sentences]), best), shares[at] ?? 0);
      });
      return tf.mul(tf.addN(parts), tf.exp(logitScale));
    };
    return { scores, features: null, kept: lists };
  }
  const [texts, ...more] = written.length === 0 ? [plainTexts(wording).map((text) => [text])] : written;
  if (!texts || more.length > 0) throw new RangeError('Two lists of texts were written for the same classes, and one is read.');
  const features = writtenFeatures(model, texts);
  return { scores: (_, pictures) => similarityLogits(pictures, features, logitScale), features: () => features, kept: [features] };
}

/** Texts with learned vectors among their tokens: read again for every step. */
function learnedTexts({ model, wording }: PairSetting, acts: readonly Numbered<TextAct>[]): Texts {
  const { logitScale } = model.weights;
  const contexts = acts.flatMap(({ act: { action }, index }) => ('context' in action ? [{ context: action.context, index }] : []));
  const [only, ...more] = contexts;
  if (!only || more.length > 0) throw new RangeError('Texts have one context of vectors, or none.');
  const deep = acts.flatMap(({ act: { site, action }, index }) =>
    'inPlace' in action && site.location === 'hidden' ? [{ block: site.block, inPlace: action.inPlace, index }] : [],
  );
  const owner = new Map(deep.map(({ block, index }) => [block, index]));
  const texts: ContextTexts = {
    rows: contextTexts(model, wording.names, only.context),
    context: only.context,
    inPlace: new Map(deep.map(({ block, inPlace }) => [block, inPlace])),
  };
  const read = (params: Params, pictures: Tensor): Tensor =>
    contextFeatures(model, texts, ownParameters(params, only.index), pictures, (block) => ownParameters(params, owner.get(block) ?? only.index));
  if (!only.context.ofPictures) {
    const none = tf.zeros([0, model.architecture.text.embeddingWidth]);
    const features = (params: Params): Tensor => read(params, none);
    return { scores: (params, pictures) => similarityLogits(pictures, features(params), logitScale), features, kept: [none] };
  }
  const scores: Scores = (params, pictures) => {
    const [count = 0] = pictures.shape;
    const parts = Array.from({ length: Math.ceil(count / picturesAtOnce) }, (_, part) => {
      const first = part * picturesAtOnce;
      const images = unitLength(tf.slice(pictures, [first, 0], [Math.min(picturesAtOnce, count - first), -1]));
      const logits = tf.sum(tf.mul(tf.expandDims(images, 1), read(params, images)), 2);
      return tf.mul(logits, tf.exp(logitScale));
    });
    return parts.length === 1 ? (parts[0] ?? logitScale) : tf.concat(parts, 0);
  };
  return { scores, features: null, kept: [] };
}

const isOfEachClass = ({ action }: PairAct): boolean => 'context' in action && action.context.perClass;

/** Where every picture has texts of its own, so many of them are read side by side. */
const picturesAtOnce = 100;

function textsOf(setting: PairSetting, manipulations: readonly PairManipulation[], reading: PairComposition['reading']): Texts {
  const acts = actsIn(manipulations, 'text');
  const written = acts.flatMap(({ act: { action } }) => ('written' in action ? [action.written] : []));
  if (acts.length === written.length) return fixedTexts(setting, written, reading);
  if (written.length > 0 || reading.as !== 'nearest-text') {
    throw new RangeError('Learned vectors stand around class names; whole texts beside them have no place.');
  }
  return learnedTexts(setting, acts);
}

/** The image acts as manipulations of a network, with the parameters of what they belong to. */
function imageManipulations(manipulations: readonly PairManipulation[], acts: readonly Numbered<ImageAct>[]): readonly Manipulation[] {
  return acts.map(({ act: { site, action }, index }) => ({ site, action, parameters: manipulations[index]?.parameters ?? {} }));
}

/**
 * The one idea, for a pair of towers: ŷ = O_ω ∘ f ∘ I_{λ,τ,ℓ}(x, c) with f frozen (arXiv 2506.04650). Manipulations name
 * their tower: the image tower is a network like any other, in the text tower words and vectors enter. `outputs` are
 * pictures' embeddings `[batch, embeddingWidth]` before they are brought to unit length; `align` compares them with texts.
 * Texts that nothing learned stands in are read once, and pictures that nothing learned stands before keep their embeddings.
 *
 * Parameters are named as in `reprogram`.
 * @throws RangeError where the composition can't be had: a block that a tower lacks, two contexts, lists of texts that don't
 * fit; and what `classTexts` throws for names
 */
export function reprogramPair(setting: PairSetting, composition: PairComposition): AdaptedPair {
  const { model, wording } = setting;
  const { manipulations, reading, anchor } = composition;
  const { image, text } = model.architecture;
  const imageActs = actsIn(manipulations, 'image');
  const onPictures = imageManipulations(manipulations, imageActs);
  const tower = { id: `${model.id}'s image tower`, architecture: image, weights: model.weights.image };
  checkSites(tower, onPictures);
  for (const { act } of actsIn(manipulations, 'text')) {
    if (act.site.location === 'hidden' && !(act.site.block >= 0 && act.site.block < text.language.depth)) {
      throw new RangeError(`${model.id}'s text tower has blocks 0 to ${text.language.depth - 1}; a manipulation names block ${act.site.block}.`);
    }
  }
  const acts = manipulations.flatMap((manipulation) => manipulation.acts);
  const texts = textsOf(setting, manipulations, reading);
  const specs = parametersOf(manipulations);
  const isLearnedOnPictures = onPictures.some(({ parameters }) => Object.keys(parameters).length > 0);

  const outputs = (params: Params, x: Tensor): Tensor =>
    tf.tidy(() => {
      const at = onPictures.map((manipulation, nth): Placed => ({ manipulation, λ: ownParameters(params, imageActs[nth]?.index ?? 0) }));
      return throughNetwork(tower, at, x).features;
    });
  const align = (params: Params, pictures: Tensor): Tensor => tf.tidy(() => texts.scores(params, pictures));
  const anchored = anchor ? anchoredObjective(setting, texts, anchor.weight) : null;

  return {
    taxonomy: classOfParts(classed(manipulations), [reading.as === 'nearest-text' ? 'identity' : 'structural']),
    pairManipulations: manipulations,
    fit: composition.fit ?? wholeCanvas(image.input),
    alignment: { kind: 'identity' },
    targets: wording.names.length,
    outputWidth: text.embeddingWidth,
    outputsAreFixed: !isLearnedOnPictures,
    ...(onPictures.length === 0 ? { outputsAre: 'embeddings of pictures' } : {}),
    ...(acts.some(isOfEachClass) ? {} : { readsOtherClasses: true }),
    trainable: countParameters(specs),
    initialise: (generator) => initialParameters(specs, generator),
    prepare: null,
    outputs,
    align,
    ...(anchored ? { objective: anchored.objective } : {}),
    dispose: () => tf.dispose([...texts.kept, ...(anchored ? [anchored.fixed] : [])]),
  };
}

/** Cross-entropy, and weight · mean over classes of 1 − cos(t_c, t⁰_c), t⁰ the embeddings of the plainest template. */
function anchoredObjective(setting: PairSetting, { features }: Texts, weight: number): { fixed: Tensor; objective: NonNullable<AdaptedPair['objective']> } {
  if (!features) throw new RangeError('Class texts that differ from picture to picture have nothing to be drawn to.');
  const { model, wording } = setting;
  const fixed = writtenFeatures(model, plainTexts(wording).map((text) => [text]));
  return {
    fixed,
    objective: (params, pictures, labels) => {
      const now = features(params);
      const logits = similarityLogits(pictures, now, model.weights.logitScale);
      const distance = tf.mean(tf.sub(1, tf.sum(tf.mul(now, fixed), 1)));
      return tf.add(softmaxCrossEntropy(logits, labels), tf.mul(distance, weight));
    },
  };
}
