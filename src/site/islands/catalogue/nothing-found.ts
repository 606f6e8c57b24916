import { itemOf } from './asked-list.ts';
import type { AskedList } from './asked-list.ts';
import type { Found } from './find.ts';
import type { Asked } from './slip.ts';

/** What can be let go where nothing is found, with how many entries that would give, the most first. */
export function looser(asked: readonly Asked[], found: Found, facetIds: readonly string[]): readonly (Asked & { readonly gives: number })[] {
  return asked
    .map((each) => ({ ...each, gives: each.facet === null ? found.withoutWords : (found.without[facetIds.indexOf(each.facet)] ?? 0) }))
    .filter(({ gives }) => gives > 0)
    .toSorted((a, b) => b.gives - a.gives);
}

/** Says what to let go where nothing is found. */
export function showWaysOut(place: HTMLElement, ways: readonly (Asked & { readonly gives: number })[], letGoButton: AskedList['letGoButton']): void {
  const [text, choices] = [document.createElement('p'), document.createElement('ul')];
  text.textContent =
    ways.length > 0
      ? 'No method has all of this. Letting go of'
      : 'No method has all of this, and letting go of one part alone gives none either.';
  choices.append(
    ...ways.map((way) => itemOf(letGoButton(way, way.text), ` gives ${way.gives} ${way.gives === 1 ? 'method' : 'methods'}`)),
    ...(ways.length > 0 ? [] : [itemOf(letGoButton(null, 'let go of all'))]),
  );
  place.replaceChildren(text, choices);
}
