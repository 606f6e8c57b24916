import { extendCache } from '../../models/index.ts';
import type { Attended, FrozenLanguageModel } from '../../models/index.ts';
import type { AlignmentKind } from '../../taxonomy/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { classOfParts } from '../class-of.ts';
import { countParameters, initialParameters } from '../parameters.ts';
import { ownParameters, parametersOf } from '../own-parameters.ts';
import { readingHead } from './reading-head.ts';
import { extraInput } from './read-text.ts';
import type { AdaptedLanguage, Begun, LanguageComposition, LanguageManipulation, Reading } from './types.ts';

/** What the alignment O_ω is, from how the answer is read; `classes` says whether answers are chosen among some. */
export function alignmentOf(reading: Reading, classes: boolean): readonly AlignmentKind[] {
  switch (reading.as) {
    case 'answer':
      return [classes ? 'structural' : 'identity'];
    case 'after-steps':
      return reading.samples ? ['structural', 'statistical'] : ['structural'];
    case 'calibrated':
    case 'head':
      return ['linear'];
    case 'nearest-distributions':
      return ['statistical'];
  }
}

interface Placed {
  readonly manipulation: LanguageManipulation;
  readonly λ: Params;
}

/** The vectors that stand in front of every text, `[vectors, width]`; `null` where there are none. */
function vectorsInFront(placed: readonly Placed[]): Tensor | null {
  return placed.reduce<Tensor | null>((front, { manipulation: { action }, λ }) => {
    if ('inFront' in action) return front ? tf.concat([front, action.inFront(λ)], 0) : action.inFront(λ);
    if ('ofFront' in action) {
      if (!front) throw new Error('Vectors in front were to be changed before there were any.');
      return action.ofFront(λ, front);
    }
    return front;
  }, null);
}

/** What every block attends to before the text, block by block; `null` where there is nothing. */
function attendedByBlock(placed: readonly Placed[], depth: number): readonly (readonly Attended[])[] | null {
  const entries = placed.flatMap(({ manipulation: { action }, λ }) => ('attended' in action ? [action.attended(λ)] : []));
  if (entries.length === 0) return null;
  return Array.from({ length: depth }, (_, block) => entries.flatMap((blocks) => blocks[block] ?? []));
}

/**
 * The one idea, for a language model: ŷ = O_ω ∘ f ∘ I_{λ,τ,ℓ}(x, c) with f frozen (arXiv 2506.04650). Words enter at the
 * input, vectors among the embeddings, keys and values in the blocks; the answer is read off what the model gives.
 * `classes` is how many an answer is chosen from; `null` where answers are open.
 *
 * Parameters are named as in `reprogram`.
 */
export function reprogramLanguage(
  model: FrozenLanguageModel,
  { manipulations, reading }: LanguageComposition,
  classes: LanguageHeadClasses,
): AdaptedLanguage {
  const { architecture, weights } = model;
  const head = readingHead(model, reading, classes);
  const specs = { ...parametersOf(manipulations), ...head.parameters };
  const triggers = manipulations.flatMap(({ action }, index) => ('trigger' in action ? [`manipulation.${index}.trigger`] : []));

  /** What stands in front of a text, in tensors that are the caller's. */
  const inFrontOf = (params: Params): { readonly vectors: Tensor | null; readonly extra: Begun['extra'] } => {
    const found: { vectors: Tensor | null; extra: Begun['extra'] }[] = [];
    tf.tidy(() => {
      const placed = manipulations.map((manipulation, index) => ({ manipulation, λ: ownParameters(params, index) }));
      const vectors = vectorsInFront(placed);
      const own = {
        vectors: vectors && tf.clone(vectors),
        extra: attendedByBlock(placed, architecture.depth)?.map((block) => block.map(cloned)) ?? null,
      };
      found.push(own);
      return [...(own.vectors ? [own.vectors] : []), ...(own.extra?.flat().flatMap(tensorsOf) ?? [])];
    });
    const [front] = found;
    return front ?? { vectors: null, extra: null };
  };

  const begin = (params: Params, { plain = false } = {}): Begun => {
    const { vectors, extra } = inFrontOf(params);
    if (!vectors || plain) return { weights, front: null, unread: vectors, extra };
    const rows = tf.expandDims(vectors, 0);
    const input = { tokens: rows, ...extraInput(extra) };
    const { logits, cache } = extendCache(architecture, weights, input, undefined, new Int32Array([0]), 'features');
    tf.dispose([logits, rows, vectors, ...(extra?.flat().flatMap(tensorsOf) ?? [])]);
    return { weights, front: cache, unread: null, extra: null };
  };

  return {
    taxonomy: classOfParts(manipulations, alignmentOf(reading, classes !== null)),
    words: manipulations.flatMap(({ action }) => ('words' in action ? [action.words] : [])),
    reading,
    alignment: alignmentOf(reading, classes !== null),
    trainable: countParameters(specs),
    initialise: (generator) => initialParameters(specs, generator),
    trigger: triggers[0] ?? null,
    begin,
    reads: head.reads,
    align: head.align,
  };
}

/** The token ids of the words for each class; `null` where answers are open. */
export type LanguageHeadClasses = readonly (readonly number[])[] | null;

const tensorsOf = (attended: Attended): Tensor[] => ('states' in attended ? [attended.states] : [attended.keys, attended.values]);

/** In tensors of its own, so that a tidy scope may free the others. */
function cloned(attended: Attended): Attended {
  return 'states' in attended
    ? { states: tf.clone(attended.states) }
    : { keys: tf.clone(attended.keys), values: tf.clone(attended.values) };
}
