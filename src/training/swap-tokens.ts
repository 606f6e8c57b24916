import type { Generator } from '../random/index.ts';
import type { SearchPoint } from './cma-es.ts';
import { rankedLosses } from './ranked-losses.ts';

/** The examples of a step, as indices: those that the gradient is taken on, and those that candidates are compared on. */
export interface SwapBatches {
  readonly gradient: Int32Array;
  readonly evaluation: Int32Array;
}

export interface TokenSwaps {
  /** The first prompt, `[length]` token ids, length ≥ 1. Its tokens need not be among `allowed`; what replaces them is. */
  readonly start: Int32Array;
  readonly steps: number;
  /** k: how many tokens a step tries. */
  readonly candidates: number;
  /** Ids of the tokens that may be put in; the order doesn't matter. */
  readonly allowed: Int32Array;
  /** Draws the position of every step. */
  readonly generator: Generator;
  /** Input embeddings of all tokens, `[vocabulary, width]`, row-major. */
  readonly embeddings: Float32Array;
  readonly width: number;
  /**
   * The derivative of the mean loss over the batch with respect to the embeddings of the prompt's tokens, `[length, width]`,
   * row-major. Its scale doesn't matter.
   */
  readonly gradient: (ids: Int32Array, batch: Int32Array) => Float32Array | Promise<Float32Array>;
  /** The mean loss (or any other number to make small, the error rate say) of every prompt over the batch, in their order. */
  readonly loss: (prompts: readonly Int32Array[], batch: Int32Array) => readonly number[] | Promise<readonly number[]>;
  /** The batches of step 0, 1, …; AutoPrompt draws two of the training examples. */
  readonly batches: (step: number) => SwapBatches;
  /** Held-out examples that choose among the prompts of the search; the last prompt is returned if absent. */
  readonly validation?: Int32Array;
  readonly report?: (done: number, total: number) => void;
}

export interface SwappedTokens {
  /** `[length]`. */
  readonly ids: Int32Array;
  /** After every step: the loss of the prompt that was kept, on the evaluation batch of the step. */
  readonly curve: readonly SearchPoint[];
  /** How many swaps were made. */
  readonly swaps: number;
  /** How often an example was put through the model, once for every prompt it was put through with; `gradients` included. */
  readonly evaluations: number;
  /** How many of these evaluations were differentiated. */
  readonly gradients: number;
}

/** The ids without repetition, from the lowest on; a RangeError where one has no embedding. */
function checkedIds(allowed: Int32Array, vocabulary: number): Int32Array {
  const ids = Int32Array.from(new Set(allowed)).sort();
  if (ids.length === 0) throw new RangeError('A search over tokens needs at least one token that may stand in the prompt.');
  const wrong = ids.find((id) => id < 0 || id >= vocabulary);
  if (wrong !== undefined) throw new RangeError(`Token ${wrong} may stand in the prompt but has no embedding: there are ${vocabulary}.`);
  return ids;
}

function check({ start, steps, candidates, embeddings, width }: TokenSwaps): void {
  if (start.length === 0) throw new RangeError('A search over tokens starts from a prompt of at least one token.');
  if (!Number.isInteger(steps) || steps < 0) {
    throw new RangeError(`The steps of a search over tokens are a whole number from 0 on, found ${steps}.`);
  }
  if (!Number.isInteger(candidates) || candidates < 1) {
    throw new RangeError(`A search over tokens tries a whole number of candidates a step, at least 1, found ${candidates}.`);
  }
  if (!Number.isInteger(width) || width < 1 || embeddings.length % width !== 0) {
    throw new RangeError(`${embeddings.length} numbers are no table of embeddings of width ${width}.`);
  }
}

/**
 * The k tokens of `allowed` (ascending) with the largest −e_wᵀg, best first, the lower id first of equals; fewer if fewer are
 * allowed. −e_wᵀg is, up to a constant, the first-order estimate of how far the loss falls when w is put where the gradient g,
 * `[width]`, was taken.
 */
function topTokens(allowed: Int32Array, embeddings: Float32Array, gradient: Float32Array, k: number): Int32Array {
  const width = gradient.length;
  const scores = Float64Array.from(allowed, (id) => {
    let score = 0;
    for (let i = 0; i < width; i++) score -= (embeddings[id * width + i] ?? NaN) * (gradient[i] ?? NaN);
    return score;
  });
  const order = [...allowed.keys()].sort((i, j) => (scores[j] ?? NaN) - (scores[i] ?? NaN) || i - j);
  return Int32Array.from(order.slice(0, k), (place) => allowed[place] ?? NaN);
}

/** The part of a `[length, width]` gradient that belongs to a position. */
function gradientAt(gradient: Float32Array, position: number, { start, width }: TokenSwaps, step: number): Float32Array {
  if (gradient.length !== start.length * width) {
    throw new RangeError(`The gradient of ${start.length} tokens of width ${width} has ${gradient.length} numbers.`);
  }
  const part = gradient.slice(position * width, (position + 1) * width);
  if (!part.every(Number.isFinite)) throw new Error(`A search over tokens met a gradient that is not finite, at step ${step}.`);
  return part;
}

const withToken = (ids: Int32Array, position: number, id: number): Int32Array => ids.map((old, i) => (i === position ? id : old));

/**
 * Gradient-guided search for the tokens of a prompt. Every step takes the gradient of the loss at the prompt's embeddings on
 * one batch, draws one position, ranks the allowed tokens w there by −e_wᵀg (first order, as HotFlip does), and puts the prompt
 * and the k prompts with one of the best k tokens at that position through the loss on another batch. The best of them, the
 * lower id of equals, replaces the prompt if its loss is smaller; so no step makes the loss on its own evaluation batch larger.
 * A candidate whose loss is no finite number is never taken. The present token takes one of the k places where it ranks among
 * them, and is not put through the loss twice. With `validation`, the start and every new prompt are compared on the held-out
 * examples, and the best of them, the earlier of equals, is returned.
 *
 * Throws a RangeError for an empty prompt, no allowed token or one without an embedding, counts that are none, or an answer
 * of the wrong size; an Error where a gradient is not finite.
 *
 * Source: AutoPrompt, Shin et al. 2020 (arXiv 2010.15980), by its code, ucinlp/autoprompt:autoprompt/create_trigger.py at
 * d637675. Departures: the code compares candidates by accuracy where the task has a label map (hand in the error rate as
 * `loss` for that), and leaves the start out of the comparison on held-out examples. This is not GCG (Zou et al. 2023, arXiv
 * 2307.15043), which ranks tokens at all positions, tries random single swaps among those, and takes the best of them even
 * where it is worse than the prompt.
 */
export async function swapTokens(search: TokenSwaps): Promise<SwappedTokens> {
  const { start, steps, embeddings, width, validation, report } = search;
  check(search);
  const allowed = checkedIds(search.allowed, embeddings.length / width);
  const positions = search.generator.split('positions');
  const curve: SearchPoint[] = [];
  let ids: Int32Array = start.slice();
  let swaps = 0;
  let evaluations = 0;
  let gradients = 0;

  async function lossesOf(prompts: readonly Int32Array[], batch: Int32Array): Promise<readonly number[]> {
    evaluations += prompts.length * batch.length;
    return rankedLosses((asked) => search.loss(asked, batch), prompts);
  }

  async function validationLoss(): Promise<number> {
    return validation ? ((await lossesOf([ids.slice()], validation))[0] ?? Infinity) : Infinity;
  }

  let best = ids;
  let bestLoss = await validationLoss();
  for (let step = 0; step < steps; step++) {
    const batches = search.batches(step);
    const slope = await search.gradient(ids.slice(), batches.gradient);
    evaluations += batches.gradient.length;
    gradients += batches.gradient.length;
    const position = positions.integer(ids.length);
    const tokens = topTokens(allowed, embeddings, gradientAt(slope, position, search, step), search.candidates);
    // by id, so that the first of equal losses is the lower one
    const others = tokens.filter((id) => id !== ids[position]).sort();
    const prompts = Array.from(others, (id) => withToken(ids, position, id));
    const [present = Infinity, ...losses] = await lossesOf([ids, ...prompts].map((prompt) => prompt.slice()), batches.evaluation);
    const smallest = losses.reduce((least, loss) => Math.min(least, loss), Infinity);
    if (smallest < present) {
      ids = prompts[losses.indexOf(smallest)] ?? ids;
      swaps += 1;
      const heldOut = await validationLoss();
      if (heldOut < bestLoss) [best, bestLoss] = [ids, heldOut];
    }
    curve.push({ evaluations, loss: Math.min(present, smallest) });
    report?.(step + 1, steps);
  }
  return { ids: validation ? best : ids, curve, swaps, evaluations, gradients };
}
