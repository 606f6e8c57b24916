import { float16ToNumber, numberToFloat16 } from '../assets/index.ts';
import { digestParams, mapParams, tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { Recipe, Trained } from '../training/index.ts';
import type { HomeRecipe } from './home-recipes.ts';

/** A point of a training curve: after which epoch or step, and the mean loss since the point before. */
export type CurvePoint = { readonly loss: number } & ({ readonly epoch: number } | { readonly step: number });

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
  readonly curve: readonly CurvePoint[];
  /** Names of its outputs: classes, or the words of its language. */
  readonly classes: readonly string[];
  /** Accuracy (0–1) of the rounded weights on what they were trained for and haven't seen. */
  readonly testAccuracy: number;
  /** How many answers that is the share of. */
  readonly testCount: number;
  /** The share apart by what was asked, where that is of several kinds. */
  readonly testByKind?: Readonly<Record<string, { readonly accuracy: number; readonly count: number }>>;
  /** Of what it was trained on. */
  readonly taskDigest: string;
}

/** The recipe cut after so many steps of the full course; all of it where `steps` is absent. */
export function firstStepsOf(recipe: Recipe, steps: number | undefined): Recipe {
  return { ...recipe, ...(steps === undefined ? {} : { stopAfter: Math.min(steps, recipe.stopAfter ?? steps) }) };
}

/** The weights of a training rounded to float16, in which they are stored, and what names both. Frees the trained ones. */
export function roundedWeights(trained: Trained): Pick<HomeModel, 'weights' | 'digest' | 'trainedDigest' | 'steps'> {
  const trainedDigest = digestParams(trained.params);
  const weights = mapParams(trained.params, (tensor) =>
    tf.tensor(Float32Array.from(tensor.dataSync(), (value) => float16ToNumber(numberToFloat16(value))), tensor.shape),
  );
  tf.dispose(Object.values(trained.params));
  return { weights, digest: digestParams(weights), trainedDigest, steps: trained.steps };
}

/** How many steps a point of the curve is the mean of. */
const curveSteps = 100;

/** Losses of all steps as points of a curve. */
export function curveOfSteps(losses: readonly number[]): CurvePoint[] {
  return Array.from({ length: Math.ceil(losses.length / curveSteps) }, (_, point) => {
    const some = losses.slice(point * curveSteps, (point + 1) * curveSteps);
    return { step: point * curveSteps + some.length, loss: some.reduce((sum, loss) => sum + loss, 0) / some.length };
  });
}

/** How many answers of one kind were asked for, and how many were right. */
export interface Tally {
  readonly right: number;
  readonly count: number;
}

/** The share of right answers, of all kinds together and apart, by name. */
export function tallied(tallies: ReadonlyMap<string, Tally>): Required<Pick<HomeModel, 'testAccuracy' | 'testCount' | 'testByKind'>> {
  const all = [...tallies.values()];
  const testCount = all.reduce((sum, { count }) => sum + count, 0);
  return {
    testAccuracy: all.reduce((sum, { right }) => sum + right, 0) / testCount,
    testCount,
    testByKind: Object.fromEntries(
      [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, { right, count }]) => [kind, { accuracy: right / count, count }]),
    ),
  };
}
