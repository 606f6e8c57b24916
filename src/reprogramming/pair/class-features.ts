import { ClassTextTooLong, classTexts, contextRows, embedTexts, textFeatures, unitLength } from '../../models/index.ts';
import type { FrozenImageTextModel, TextRow } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import type { ContextVectors } from './types.ts';

const bare = '{}';

/** @throws RangeError where a text is said twice, and what `classTexts` throws */
function textsOfClass({ architecture: { text }, tokenizer }: FrozenImageTextModel, texts: readonly string[], index: number): readonly TextRow[] {
  const known = new Set<string>();
  return texts.flatMap((said) => {
    const rows = classTexts(text, tokenizer, [said], { template: bare });
    if (known.has(String(rows))) throw new RangeError(`Class ${index} has the text "${said}" twice: say it once.`);
    known.add(String(rows));
    return rows;
  });
}

/** The embeddings of whole texts at unit length, `[texts, embeddingWidth]`, read once. The caller owns them. */
function sentenceFeatures(model: FrozenImageTextModel, ofClass: readonly (readonly string[])[]): Tensor {
  const { architecture: { text }, weights, tokenizer } = model;
  // one text for each class must tell the classes apart
  const rows = ofClass.every((texts) => texts.length === 1)
    ? classTexts(text, tokenizer, ofClass.flat(), { template: bare })
    : ofClass.flatMap((texts, index) => textsOfClass(model, texts, index));
  return tf.tidy(() => unitLength(textFeatures(text, weights.text, embedTexts(text, weights.text, rows))));
}

/** @throws what `classTexts` throws: for two classes of the same name, say */
export function checkNames({ architecture: { text }, tokenizer }: FrozenImageTextModel, names: readonly string[]): void {
  classTexts(text, tokenizer, names, { template: bare });
}

/**
 * What whole texts say of their classes: the mean of the embeddings of each class, each at unit length before and the mean
 * after, `[classes, embeddingWidth]`. The caller owns it.
 * @throws RangeError where a class has no text or one twice, and what `classTexts` throws
 */
export function writtenFeatures(model: FrozenImageTextModel, ofClass: readonly (readonly string[])[]): Tensor {
  const empty = ofClass.findIndex((texts) => texts.length === 0);
  if (empty >= 0) throw new RangeError(`Class ${empty} has no text that could stand for it.`);
  return tf.tidy(() => {
    const all = sentenceFeatures(model, ofClass);
    if (ofClass.every((texts) => texts.length === 1)) return all.clone();
    const [total = 0] = all.shape;
    let first = 0;
    const shares = ofClass.map((texts) => {
      const row = new Float32Array(total).fill(1 / texts.length, first, first + texts.length);
      first += texts.length;
      return row;
    });
    return unitLength(tf.matMul(tf.tensor2d(shares.flatMap((row) => [...row]), [ofClass.length, total]), all));
  });
}

/**
 * The embeddings of as many sentences of each class, at unit length, `[classes, sentences, embeddingWidth]`. The caller owns
 * them.
 * @throws RangeError where classes have different numbers of sentences, and what `classTexts` throws
 */
export function sentencesOfClasses(model: FrozenImageTextModel, ofClass: readonly (readonly string[])[]): Tensor {
  const most = Math.min(...ofClass.map((texts) => texts.length));
  if (ofClass.some((texts) => texts.length !== most)) {
    throw new RangeError(`Classes need as many sentences each to be compared; they have ${ofClass.map((texts) => texts.length).join(', ')}.`);
  }
  return tf.tidy(() => tf.reshape(sentenceFeatures(model, ofClass), [ofClass.length, most, -1]));
}

/** Texts of classes with vectors among their tokens. */
export interface ContextTexts {
  readonly rows: readonly TextRow[];
  readonly context: ContextVectors;
  /** What takes the place of the context's first vectors before each block. */
  readonly inPlace: ReadonlyMap<number, (λ: Params) => Tensor>;
}

/** @throws RangeError where a text is too long with the vectors beside it */
function fitting<Texts>(vectors: number, texts: () => Texts): Texts {
  try {
    return texts();
  } catch (error) {
    if (!(error instanceof ClassTextTooLong)) throw error;
    throw new RangeError(error.message.replace(/\.$/, `, or take fewer than ${vectors} vectors.`), { cause: error });
  }
}

/** @throws RangeError as `classTexts`, also for a text that is too long with the vectors beside it */
export function contextTexts(
  { architecture: { text }, tokenizer }: FrozenImageTextModel,
  names: readonly string[],
  context: ContextVectors,
): readonly TextRow[] {
  const { count, perClass, place, template } = context;
  const [, behind = ''] = template.split(bare);
  const texts = fitting(count, () => classTexts(text, tokenizer, names, { template, reserved: count }));
  // what stands behind a name: the words of the template and the end
  const tail = behind.trim() === '' ? 1 : tokenizer.encode(behind, { asPlainText: true, atMost: text.language.contextLength }).length - 1;
  return contextRows(texts, { count, perClass, place, behind: tail });
}

/**
 * The embeddings of class texts with vectors among their tokens, at unit length: `[classes, embeddingWidth]`, or
 * `[pictures, classes, embeddingWidth]` where the vectors are made of pictures. Gradients pass through; the tensors belong to
 * the caller's scope.
 */
export function contextFeatures(
  { architecture: { text }, weights }: FrozenImageTextModel,
  { rows, context, inPlace }: ContextTexts,
  λ: Params,
  pictures: Tensor,
  inPlaceOf: (block: number) => Params,
): Tensor {
  const vectors = context.vectors(λ, pictures);
  const texts = embedTexts(text, weights.text, rows, vectors);
  const read = textFeatures(text, weights.text, texts, {
    ...(inPlace.size === 0
      ? {}
      : {
          beforeBlock: (block, shared) => {
            const replaced = inPlace.get(block)?.(inPlaceOf(block));
            return replaced ? withReplaced(shared, replaced) : shared;
          },
        }),
  });
  const features = unitLength(read);
  return context.ofPictures ? tf.reshape(features, [texts.groups, rows.length, -1]) : features;
}

/** Shared states `[rows, places, width]` with `[count, width]` in the place of those after the start. */
function withReplaced(shared: Tensor, replaced: Tensor): Tensor {
  const [rows = 0, places = 0, width = 0] = shared.shape;
  const [count = 0] = replaced.shape;
  if (places < 1 + count) throw new RangeError(`${count} states can't take the place of vectors: the texts have ${places} places in common.`);
  const repeated = tf.tile(tf.expandDims(replaced, 0), [rows, 1, 1]);
  const start = tf.slice(shared, [0, 0, 0], [rows, 1, width]);
  const rest = tf.slice(shared, [0, 1 + count, 0], [rows, places - 1 - count, width]);
  return tf.concat(places === 1 + count ? [start, repeated] : [start, repeated, rest], 1);
}
