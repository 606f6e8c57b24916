import { placesOf, readText } from '../../reprogramming/index.ts';
import type { Words } from '../../reprogramming/index.ts';
import type { Generator } from '../../random/index.ts';
import type { Question } from '../../tasks/index.ts';
import { tf } from '../../tensor/index.ts';
import { tokensOf } from './prepare-language-run.ts';
import type { Drawn, PreparedLanguage } from './prepare-language-run.ts';

type Shown = Extract<Words, { kind: 'demonstrations' }>;

/** Answered questions for each question that is asked, and, where all share them, their places in the training pool. */
export interface Demonstrations {
  readonly of: (asked: Drawn) => readonly Question[];
  /** What may serve besides: answered questions that demonstrate nothing. */
  readonly restOf: (asked: Drawn) => readonly Question[];
  /** In their order; `null` where every question has its own. */
  readonly shared: readonly number[] | null;
}

/** So many of `count` in a drawn order, from the first again when there are fewer. */
function drawOrder(count: number, wanted: number, generator: Generator): number[] {
  if (count === 0) throw new RangeError('There is no answered question to demonstrate with: draw at least one training example.');
  const drawn: number[] = [];
  for (let round = 0; drawn.length < wanted; round += 1) drawn.push(...generator.split('order').split(round).permutation(count));
  return drawn.slice(0, wanted);
}

/** One of the three orders: as drawn, reversed, the second half first. */
function inOrder<T>(items: readonly T[], order: number): readonly T[] {
  if (order === 0) return items;
  const half = Math.floor(items.length / 2);
  return order === 1 ? [...items].reverse() : [...items.slice(half), ...items.slice(0, half)];
}

/** A share of the answers, drawn again among those that occur. */
function withRedrawn(shown: readonly Question[], pool: readonly Question[], share: number, generator: Generator): readonly Question[] {
  const count = Math.round(share * shown.length);
  if (count === 0) return shown;
  const answers = [...new Set(pool.map(({ answer }) => answer))].sort();
  const places = new Set(generator.split('which').choose(shown.length, count));
  const drawn = generator.split('answers');
  return shown.map((question, place) => (places.has(place) ? { ...question, answer: answers[drawn.integer(answers.length)] ?? '' } : question));
}

/** The mean of the frozen model's features over the tokens of a question, `[width]`, at unit length. */
function meanFeatures({ model }: PreparedLanguage, question: string): Float32Array {
  const { architecture, weights } = model;
  const begun = { weights, front: null, unread: null, extra: null };
  const row = tokensOf(model, question);
  return tf.tidy(() => {
    const places = placesOf([row], row.map((_, place) => ({ row: 0, place })));
    const { outputs } = readText({ architecture, begun, reads: 'features' }, [row], places);
    const mean = tf.mean(outputs, 0);
    return Float32Array.from(tf.div(mean, tf.maximum(tf.norm(mean), 1e-12)).dataSync());
  });
}

/** The `count` of the answered questions that are most similar to the one that is asked, the most similar last. */
function similarTo(prepared: PreparedLanguage, count: number): (asked: string, all: readonly Question[]) => readonly Question[] {
  const known = new Map<string, Float32Array>();
  const featuresOf = (question: string): Float32Array => {
    const features = known.get(question) ?? meanFeatures(prepared, question);
    known.set(question, features);
    return features;
  };
  return (asked, all) => {
    const own = featuresOf(asked);
    const scores = all.map(({ question }) => featuresOf(question).reduce((sum, value, i) => sum + value * (own[i] ?? 0), 0));
    const nearest = [...all.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, count);
    return nearest.reverse().flatMap((place) => all[place] ?? []);
  };
}

/** In a task of classes, the words that stand for the answer. */
export function inWords({ task, asking }: PreparedLanguage, question: Question): Question {
  const words = asking.wording.classWords;
  const k = task.classes.indexOf(question.answer);
  return words && k >= 0 ? { ...question, answer: words[k] ?? question.answer } : question;
}

/** The answered questions that may demonstrate one: those of its own world, or the training questions. */
function answeredFor({ pool, train }: PreparedLanguage): (asked: Drawn) => readonly Question[] {
  const { demonstrations } = pool;
  if (demonstrations) return ({ index }) => demonstrations(index);
  const all = train.map(({ question }) => question);
  return () => all;
}

/** The demonstrations of a run, drawn by its seed. Similar ones have an order of their own, from which no run departs. */
export function drawDemonstrations(prepared: PreparedLanguage, wanted: Shown): Demonstrations {
  const { train, pool, asking, generator } = prepared;
  const drawn = generator.split('demonstrations');
  const allFor = answeredFor(prepared);
  const finish = (shown: readonly Question[], all: readonly Question[], own: Generator): readonly Question[] =>
    withRedrawn(shown, all, wanted.redrawn, own.split('redrawn')).map((question) => inWords(prepared, question));
  if (wanted.choice === 'similar') {
    const nearest = similarTo(prepared, wanted.count);
    return {
      of: (asked) => finish(nearest(asked.question.question, allFor(asked)), allFor(asked), drawn.split(asked.index)),
      restOf: () => [],
      shared: null,
    };
  }
  const ordered = <T>(items: readonly T[]): readonly T[] => inOrder(items, asking.order);
  if (pool.demonstrations) {
    const orderOf = (asked: Drawn): number[] => drawOrder(allFor(asked).length, wanted.count, drawn.split(asked.index));
    return {
      of: (asked) => {
        const all = allFor(asked);
        return ordered(finish(orderOf(asked).flatMap((place) => all[place] ?? []), all, drawn.split(asked.index)));
      },
      restOf: (asked) => {
        const shown = new Set(orderOf(asked));
        return allFor(asked).filter((_, place) => !shown.has(place));
      },
      shared: null,
    };
  }
  const all = train.map(({ question }) => question);
  const order = drawOrder(all.length, wanted.count, drawn);
  const shown = ordered(finish(order.flatMap((place) => all[place] ?? []), all, drawn));
  const rest = all.filter((_, place) => !order.includes(place));
  return { of: () => shown, restOf: () => rest, shared: ordered(order.flatMap((place) => train[place]?.index ?? [])) };
}
