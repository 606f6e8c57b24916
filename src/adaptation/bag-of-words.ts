import { logisticRegression, onlyLanguage } from '../reprogramming/index.ts';
import type { AdaptedLanguage, Method, Options } from '../reprogramming/index.ts';
import { withoutModel } from './without-model.ts';

/** Lower-case runs of letters and digits, with what an apostrophe joins. */
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];

/** The words that at least two of the texts hold, in the order of the alphabet. */
function vocabularyOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const kept = [...counts].flatMap(([word, count]) => (count >= 2 ? [word] : [])).sort();
  return new Map(kept.map((word, index) => [word, index]));
}

/** 1 for each word of the vocabulary that a text holds. */
function present(text: string, vocabulary: ReadonlyMap<string, number>): readonly number[] {
  return [...new Set(wordsOf(text))].flatMap((word) => vocabulary.get(word) ?? []);
}

function strengthOf({ c }: Options): number {
  if (typeof c === 'number' && c > 0) return c;
  throw new RangeError(`Option "c" is ${JSON.stringify(c)}; it must be a number above 0.`);
}

/** Softmax regression over the words that a text holds, fitted to convergence. */
function bagJudge(c: number): NonNullable<AdaptedLanguage['judge']> {
  return (questions, labels, classes) => {
    const vocabulary = vocabularyOf(questions);
    const width = Math.max(1, vocabulary.size);
    const features = new Float64Array(questions.length * width);
    questions.forEach((text, row) => present(text, vocabulary).forEach((word) => (features[row * width + word] = 1)));
    const { weight, bias } = logisticRegression({ features, labels, width }, classes, c);
    return (question) => {
      const words = present(question, vocabulary);
      let [best, most] = [0, -Infinity];
      for (let k = 0; k < classes; k += 1) {
        const score = words.reduce((sum, word) => sum + (weight[k * width + word] ?? 0), bias[k] ?? 0);
        if (score > most) [best, most] = [k, score];
      }
      return best;
    };
  };
}

/**
 * A bag of words: softmax regression over the words that a text holds (scikit-learn's `CountVectorizer(binary=True,
 * min_df=2)` and `LogisticRegression(C)`, but words of one letter count, too); no language model at all.
 */
export const bagOfWords: Method = {
  id: 'bag-of-words',
  name: 'Bag of words',
  family: 'PCA',
  paper: 'pedregosa2011sklearn',
  follows: 'paper',
  file: 'src/adaptation/bag-of-words.ts',
  options: { c: 1 },
  recipe: null,
  trainable: '0',
  tricks: [],
  adapt: onlyLanguage('Bag of words'),
  adaptLanguage: (setting) => withoutModel(setting, bagJudge(strengthOf(setting.options))),
};
