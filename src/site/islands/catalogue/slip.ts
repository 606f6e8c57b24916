import type { Panel } from './panel.ts';
import type { CatalogueState } from './state.ts';

/** One thing that is asked for and can be let go. */
export interface Asked {
  /** The facet; null for the words. */
  readonly facet: string | null;
  readonly text: string;
}

/** What a state asks for, in words: `location: input or hidden`. */
export function askedOf({ chosen, words }: CatalogueState, labelOf: Panel['labelOf']): readonly Asked[] {
  const joins = { any: ' or ', all: ' and ', none: ' nor ' } as const;
  const facets = Object.entries(chosen).map(([facet, { values, mode }]): Asked => {
    const names = values.map((value) => labelOf(facet, value)).join(joins[mode]);
    return { facet, text: `${labelOf(facet)}: ${mode === 'none' ? (values.length > 1 ? 'neither ' : 'not ') : ''}${names}` };
  });
  return words === '' ? facets : [...facets, { facet: null, text: `words: ${words}` }];
}

/** The count in a sentence. */
export function countInWords(found: number, all: number): string {
  return found === all ? `All ${all} methods` : `${found} of ${all} methods`;
}

/** What the files hold, in words. */
export function takeInWords(found: number, all: number): string {
  if (found === all) return 'Take all away';
  return found === 1 ? 'Take this one away' : `Take these ${found} away`;
}
