import { dimensions } from '../../../taxonomy/index.ts';
import type { Dimension, TaxonomyClass } from '../../../taxonomy/index.ts';

/** What an argument against an entry's class is about: a dimension, whether the model is frozen at all, or something else. */
export type DisputeSubject = Dimension | 'frozen' | 'other';

export interface Dispute {
  readonly about: DisputeSubject;
  /** The values that are argued for and that the entry doesn't have; empty where the argument names none. */
  readonly proposed: readonly string[];
}

/** Values that are everyday words too count only in these surroundings. */
const asValue: Readonly<Record<string, RegExp>> = {
  fixed: /\bfixed\b(?! (?:output|rules?|patterns?|lists?|weights|steps?|maps?|order|content|one|points?|set|before)\b)/i,
  linear: /\blinear\b(?! (?:maps?|branch|layers?|transformations?|projections?|alignment of)\b)/i,
  input: /(?<!depends? on the |part of the |at the |spoken )\binput\b(?=[.,;:)]| (?:alone|location|would|is|could|as well|beside|rather|and|or|also)\b)/i,
  embedding: /\bembedding\b(?! (?:space|model|layer|of)\b)/i,
  hidden: /\bhidden\b/i,
};

const names = Object.keys(dimensions) as readonly Dimension[];
const values = names.flatMap((dimension) =>
  Object.keys(dimensions[dimension].values).map((value) => ({ dimension, value, form: asValue[value] ?? new RegExp(`\\b${value}\\b`, 'i') })),
);
const aboutFreezing = /\bfrozen\b|\bbackbone\b|parameter-centric|fine-tun|weights change/i;

/**
 * Says what an argument is about, by its words: the dimension of the first value that it names and the entry doesn't have,
 * else the freezing of the model, else the dimension of a value of the entry's own that it names, or a dimension itself.
 */
export function disputeOf(argument: string, of: TaxonomyClass): Dispute {
  const found = values
    .map((each) => {
      const own: readonly string[] = of[each.dimension];
      return { ...each, isOwn: own.includes(each.value), at: argument.search(each.form) };
    })
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const others = found.filter(({ isOwn }) => !isOwn);
  const [first] = others;
  if (first) {
    return { about: first.dimension, proposed: others.filter(({ dimension }) => dimension === first.dimension).map(({ value }) => value) };
  }
  if (aboutFreezing.test(argument)) return { about: 'frozen', proposed: [] };
  const named = found[0]?.dimension ?? names.find((dimension) => new RegExp(`\\b${dimension}s?\\b`, 'i').test(argument));
  return { about: named ?? 'other', proposed: [] };
}
