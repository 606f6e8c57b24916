import { rivals } from '../../src/adaptation/index.ts';
import { scoreChoices } from '../../src/bench/language/read-batch.ts';
import { methods } from '../../src/methods/index.ts';
import { disposeCache, extendCache, generate, languageModelRows } from '../../src/models/index.ts';
import type { FrozenLanguageModel, LanguageArchitecture } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import type { Generator } from '../../src/random/index.ts';
import type { AdaptedLanguage, Options, Rows } from '../../src/reprogramming/index.ts';
import { disposeParams, tf } from '../../src/tensor/index.ts';
import type { Speedup } from './goals.ts';
import { measure } from './measure.ts';
import type { Item, PlainProducts } from './measure.ts';
import { randomLanguageModel } from './random-language-model.ts';
import { scorePlainly } from './score-plainly.ts';
import { trainingSteps } from './training-step.ts';

/** How much of everything there is. */
export interface LanguageSizes {
  /** Rows that are read and continued, tokens of each, tokens written behind it. */
  readonly reading: { readonly rows: number; readonly tokens: number; readonly newTokens: number };
  /** Questions with so many shots; tokens of a question (a shot has those of a choice besides). */
  readonly choosing: {
    readonly questions: number;
    readonly shots: number;
    readonly tokens: number;
    readonly choices: number;
    readonly choiceTokens: number;
  };
  /** Rows of a batch, tokens of each, vectors of the prompt. */
  readonly training: { readonly rows: number; readonly tokens: number; readonly vectors: number };
}

export const languageSizes: LanguageSizes = {
  reading: { rows: 16, tokens: 64, newTokens: 32 },
  choosing: { questions: 32, shots: 5, tokens: 13, choices: 4, choiceTokens: 3 },
  training: { rows: 32, tokens: 24, vectors: 16 },
};

/** What a language model gets through. */
export interface TokenRate {
  readonly name: string;
  readonly tokens: number;
  readonly milliseconds: number;
}

/** What was measured of a language model with random weights. */
export interface LanguageSpeeds {
  readonly name: string;
  readonly rates: readonly TokenRate[];
  readonly speedups: readonly Speedup[];
}

/** The language models whose shape is known without their weights. */
export const languageShapes: readonly (readonly [string, LanguageArchitecture])[] = languageModelRows.flatMap(({ id, architecture }) =>
  architecture ? [[id, architecture] as const] : [],
);

function adaptedBy(id: string, model: FrozenLanguageModel, options: Options): AdaptedLanguage {
  const method = [...methods, ...rivals].find((candidate) => candidate.id === id);
  const adapted = method?.adaptLanguage?.({ model, options: { ...method.options, ...options }, classTokens: null, instructionTokens: null });
  if (!adapted) throw new Error(`There is no ${id} for language models.`);
  return adapted;
}

/** LoRA of the rank that trains about as many numbers. */
function loraLike(model: FrozenLanguageModel, numbers: number): { readonly lora: AdaptedLanguage; readonly rank: number } {
  const ofOne = adaptedBy('lora', model, { rank: 1, alpha: 2 }).trainable;
  const rank = Math.max(1, Math.round(numbers / ofOne));
  return { lora: adaptedBy('lora', model, { rank, alpha: 2 * rank }), rank };
}

/** What is computed, under the names that the answers are read by. */
interface Runs<Name extends string> {
  readonly runs: Readonly<Record<Name, () => void>>;
  readonly dispose: () => void;
}

function readingRuns({ architecture, weights }: FrozenLanguageModel, text: (tokens: number) => number[], { reading }: LanguageSizes): Runs<'prefill' | 'cached' | 'uncached'> {
  const { rows, tokens, newTokens } = reading;
  const ids = tf.tensor2d(Array.from({ length: rows }, () => text(tokens)), [rows, tokens], 'int32');
  const write = (cached: boolean) => (): void => void generate(architecture, weights, { tokens: ids }, { newTokens: newTokens + 1, cached });
  return {
    runs: {
      prefill: () => {
        const { logits, cache } = extendCache(architecture, weights, { tokens: ids });
        logits.dataSync();
        logits.dispose();
        disposeCache(cache);
      },
      cached: write(true),
      uncached: write(false),
    },
    dispose: () => ids.dispose(),
  };
}

/** Questions behind shots that all share, and behind shots of their own; choices all begin with another token. */
export function madeUpQuestions(text: (tokens: number) => number[], { choosing }: Pick<LanguageSizes, 'choosing'>): Readonly<Record<'shared' | 'own' | 'choices', Rows>> {
  const { questions, shots, tokens, choices, choiceTokens } = choosing;
  const ofShots = shots * (tokens + choiceTokens);
  const common = text(ofShots);
  const asked = Array.from({ length: questions }, () => text(tokens));
  return {
    shared: asked.map((question) => [...common, ...question]),
    own: asked.map((question) => [...text(ofShots), ...question]),
    choices: Array.from({ length: choices }, (_, choice) => [choice, ...text(choiceTokens - 1)]),
  };
}

function choosingRuns(model: FrozenLanguageModel, text: (tokens: number) => number[], sizes: LanguageSizes): Runs<'sharedOnce' | 'sharedAgain' | 'ownOnce' | 'ownAgain'> {
  const measured = { model, adapted: adaptedBy('few-shot-icl', model, { shots: sizes.choosing.shots }), params: {} };
  const { shared, own, choices } = madeUpQuestions(text, sizes);
  return {
    runs: {
      sharedOnce: () => void scoreChoices(measured, shared, choices, { shared: true }),
      sharedAgain: () => void scorePlainly(model, shared, choices),
      ownOnce: () => void scoreChoices(measured, own, choices, { shared: true }),
      ownAgain: () => void scorePlainly(model, own, choices),
    },
    dispose: () => undefined,
  };
}

function trainingRuns(
  model: FrozenLanguageModel, text: (tokens: number) => number[], { training }: LanguageSizes,
): Runs<'prompt' | 'promptAgain' | 'lora'> & { readonly rank: number } {
  const rows = Array.from({ length: training.rows }, () => text(training.tokens));
  const labels = Int32Array.from(text(training.rows));
  const prompt = adaptedBy('prompt-tuning', model, { tokens: training.vectors, start: 'random' });
  const { lora, rank } = loraLike(model, prompt.trainable);
  const steps = {
    prompt: trainingSteps(model, prompt, rows, labels),
    promptAgain: trainingSteps(model, prompt, rows, labels, { plain: true }),
    lora: trainingSteps(model, lora, rows, labels),
  };
  return {
    rank,
    runs: { prompt: () => void steps.prompt.step(), promptAgain: () => void steps.promptAgain.step(), lora: () => void steps.lora.step() },
    dispose: () => Object.values(steps).forEach(({ dispose }) => dispose()),
  };
}

const drawnText = (generator: Generator, vocabulary: number) => (tokens: number): number[] =>
  Array.from({ length: tokens }, () => generator.integer(vocabulary));

/**
 * Reading, writing, choosing and training with a language model of random weights, all taking turns. Writing counts from the
 * second new token on: the first comes with the text before it.
 */
export function measureLanguage(
  name: string, architecture: LanguageArchitecture, plainProducts: PlainProducts, rounds: number, sizes: LanguageSizes = languageSizes,
): LanguageSpeeds {
  const model = randomLanguageModel(name, architecture);
  const text = drawnText(createGenerator('bench-engine').split('language'), architecture.vocabulary);
  const [reading, choosing, training] = [readingRuns(model, text, sizes), choosingRuns(model, text, sizes), trainingRuns(model, text, sizes)];
  const runs = { ...reading.runs, ...choosing.runs, ...training.runs };
  const items = Object.entries(runs).map(([of, run]): Item => ({ name: of, operations: 1, run }));
  const timed = new Map(measure(items, plainProducts, rounds).map((timing) => [timing.name, timing.milliseconds]));
  for (const { dispose } of [reading, choosing, training]) dispose();
  disposeParams(model.weights);

  const took = (of: keyof typeof runs): number => timed.get(of) ?? NaN;
  const { rows, tokens, newTokens } = sizes.reading;
  const cached = took('cached') - took('prefill');
  const uncached = took('uncached') - took('prefill');
  const [written, trained] = [rows * newTokens, sizes.training.rows * sizes.training.tokens];
  const { shots, choices, questions } = sizes.choosing;
  const batch = `${sizes.training.rows} × ${sizes.training.tokens}`;
  const lora = `LoRA of rank ${training.rank}`;
  const prompt = `${sizes.training.vectors} vectors`;
  const rate = (what: string, count: number, milliseconds: number): TokenRate => ({ name: what, tokens: count, milliseconds });
  const speedup = (what: string, fast: number, plain: number, goal?: number): Speedup => ({
    name: what, factor: plain / fast, fast, plain, ...(goal === undefined ? {} : { goal }),
  });
  const few = `${questions} questions, ${shots} shots, ${choices} choices`;
  return {
    name,
    rates: [
      rate(`reading, ${rows} × ${tokens}`, rows * tokens, took('prefill')),
      rate(`writing with the cache, ${rows} × ${newTokens} behind ${tokens}`, written, cached),
      rate('writing, everything read again', written, uncached),
      rate(`step, prompt of ${prompt}, ${batch}`, trained, took('prompt')),
      rate(`step, ${prompt} in every row, ${batch}`, trained, took('promptAgain')),
      rate(`step, ${lora}, ${batch}`, trained, took('lora')),
    ],
    speedups: [
      speedup(`writing ${rows} × ${newTokens} with the cache`, cached, uncached),
      speedup(`${few}, shots shared`, took('sharedOnce'), took('sharedAgain'), 3),
      speedup(`${few}, shots of their own`, took('ownOnce'), took('ownAgain'), 3),
      speedup(`prompt of ${prompt} beside them in every row`, took('prompt'), took('promptAgain')),
      speedup(`prompt of ${prompt} beside ${lora}`, took('prompt'), took('lora'), 1),
    ],
  };
}
