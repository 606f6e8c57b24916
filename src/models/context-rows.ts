import type { TextPlace, TextRow } from './text-rows.ts';

/** Where vectors stand in the text of a class: before its name, behind it, or half of them on either side. */
export type ContextPlace = 'before' | 'around' | 'behind';

export interface ContextOptions {
  /** How many vectors each text has. */
  readonly count: number;
  /** Whether every class has its own ones, or all share them. */
  readonly perClass: boolean;
  /** `before` when left out: [start][v₁]…[v_M][name][.][end]. */
  readonly place?: ContextPlace;
  /** How many tokens of each text stand behind the name, the end among them; a full stop and the end when left out. */
  readonly behind?: number;
}

/**
 * Texts with vectors among the tokens, from texts [start][name][.][end] (CoOp, Zhou et al. 2022, arXiv 2109.01134;
 * KaiyangZhou/CoOp:trainers/coop.py). The vectors of class c are numbered from c·count where each class has its own.
 */
export function contextRows(texts: readonly (readonly number[])[], { count, perClass, place = 'before', behind = 2 }: ContextOptions): readonly TextRow[] {
  const before = place === 'before' ? count : place === 'around' ? Math.floor(count / 2) : 0;
  return texts.map((text, index): TextRow => {
    const vectors = Array.from({ length: count }, (_, i): TextPlace => ({ vector: (perClass ? index * count : 0) + i }));
    const [start, name, rest] = [text.slice(0, 1), text.slice(1, -behind), text.slice(-behind)];
    if (name.length === 0) throw new RangeError(`Text ${index} has nothing between its start and ${behind === 2 ? 'its full stop' : 'what stands behind its name'}.`);
    return [...start, ...vectors.slice(0, before), ...name, ...vectors.slice(before), ...rest];
  });
}
