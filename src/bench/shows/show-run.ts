import { unitLength } from '../../models/index.ts';
import { entered } from '../../reprogramming/index.ts';
import type { Adapted, ContextVectors, Entered } from '../../reprogramming/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import type { Words } from './near-words.ts';
import { changesPictures, pictureChange } from './picture-change.ts';
import type { PictureChange } from './picture-change.ts';
import type { ShownEntry, ShownRun } from './show.ts';

/** What a trained run is asked to show. */
export interface Shown {
  readonly adapted: Adapted;
  readonly params: Params;
  /** Test pictures `[pictures, rows, columns, channels]` as the method lays them on the canvas. */
  readonly pictures: Tensor;
  /** The class whose texts and vectors are shown, that of the first picture. */
  readonly label: number;
  /** The words of the text tower, where there is one. */
  readonly words: Words | null;
}

/** What a run changes of its input, and the sheet of its pictures where it changes those. */
export interface RunShown extends Pick<ShownRun, 'entering' | 'texts' | 'vectors'> {
  readonly change: PictureChange | null;
}

const wordsShown = 3;

const firstOf = (tensor: Tensor): number => tensor.shape[0] ?? 0;

/** How many elements an act adds. */
function countOf({ action, λ }: Entered): number | undefined {
  if ('written' in action) return undefined;
  if ('context' in action) return action.context.count;
  return tf.tidy(() => {
    if ('inPlace' in action) return firstOf(action.inPlace(λ));
    if ('asks' in action) return firstOf(action.asks(λ));
    if ('attended' in action) {
      const attended = action.attended(λ);
      return firstOf('states' in attended ? attended.states : attended.keys);
    }
    return 'extra' in action && action.join.as !== 'border' ? firstOf(action.extra(λ)) : undefined;
  });
}

function whatOf({ action }: Entered): ShownEntry['what'] {
  if ('written' in action) return 'texts';
  if ('context' in action) return 'vectors';
  if ('inPlace' in action) return 'tokens in place';
  if ('asks' in action) return 'queries';
  if ('attended' in action) return 'keys and values';
  if ('extra' in action) return action.join.as === 'border' ? 'change' : action.join.as === 'in-place-of-tokens' ? 'tokens in place' : 'tokens';
  return action.operator === 'additive' ? 'change' : 'transform';
}

function entryOf(act: Entered): ShownEntry {
  const { tower, site, λ } = act;
  const count = countOf(act);
  return {
    tower,
    location: site.location,
    ...(site.location === 'hidden' ? { block: site.block } : {}),
    what: whatOf(act),
    ...(count === undefined ? {} : { count }),
    isLearned: Object.keys(λ).length > 0,
  };
}

/** The vectors `[count, width]` that stand in the text of the class shown, for the first picture. */
function vectorsOf({ vectors, count, perClass }: ContextVectors, λ: Params, { adapted, params, pictures, label }: Shown): Tensor {
  return tf.tidy(() => {
    const embeddings = unitLength(adapted.outputs(params, pictures));
    const all = vectors(λ, embeddings);
    const width = all.shape.at(-1) ?? 0;
    // one picture after the other, or one class after the other
    return tf.slice(tf.reshape(all, [-1, width]), [perClass ? label * count : 0, 0], [count, width]);
  });
}

function vectorsShown(acts: readonly Entered[], shown: Shown): Pick<RunShown, 'vectors'> {
  const { words } = shown;
  const [only] = acts.flatMap(({ action, λ }) => ('context' in action ? [{ context: action.context, λ }] : []));
  if (!only || !words) return {};
  const { context, λ } = only;
  const vectors = vectorsOf(context, λ, shown);
  const nearest = words.nearest(vectors, wordsShown);
  vectors.dispose();
  const { ofPictures, perClass, template, place } = context;
  return { vectors: { of: ofPictures ? 'each picture' : perClass ? 'each class' : 'all classes', template, place, nearest } };
}

/** What a trained run changes of its input: where everything enters, pictures with their change, texts, and words near vectors. */
export function showRun(shown: Shown): RunShown {
  const { adapted, params, pictures, label } = shown;
  const acts = entered(adapted, params);
  const texts = acts.flatMap(({ action }) => ('written' in action ? [action.written[label] ?? []] : []));
  return {
    entering: acts.map(entryOf),
    change: changesPictures(acts) ? pictureChange(acts, pictures) : null,
    ...(texts.length === 0 ? {} : { texts }),
    ...vectorsShown(acts, shown),
  };
}
