import { valuesOf } from './columns.ts';
import type { Columns } from './columns.ts';
import { partOf } from './part-of.ts';

const dimensions = ['configuration', 'location', 'operator', 'alignment'];

/** A card, and the place of its summary, which the columns don't have. */
export interface Card {
  readonly body: HTMLTableSectionElement;
  readonly about: HTMLElement;
}

/** Makes the card of an entry from the page's empty one, so that it is as those that the page was built with. */
export function cardMaker(columns: Columns, empty: HTMLTableSectionElement, base: string): (row: number, id: string) => Card {
  const facets = new Map(columns.facets.map((facet) => [facet.id, facet]));
  const places = (id: string, row: number): readonly number[] => {
    const facet = facets.get(id);
    return facet ? valuesOf(facet, row) : [];
  };
  const labels = (id: string, row: number): readonly string[] => places(id, row).map((place) => facets.get(id)?.labels[place] ?? '');
  const shorts = (id: string, row: number): readonly string[] => places(id, row).map((place) => facets.get(id)?.shorts?.[place] ?? '');

  return (row, id) => {
    const body = document.importNode(empty, true);
    const cell = (selector: string): HTMLElement => partOf(body, selector);
    const name = columns.names[row] ?? '';
    const [family = ''] = labels('family', row);
    const [here = ''] = labels('here', row);
    const isClassed = dimensions.some((dimension) => places(dimension, row).length > 0);
    const inWords = isClassed ? dimensions.map((dimension) => labels(dimension, row).join(' and ') || 'no value').join('; ') : 'no class';
    const sigil = isClassed ? dimensions.map((dimension) => shorts(dimension, row).join('')).join('-') : 'none';

    body.dataset['id'] = id;
    cell('input').setAttribute('value', id);
    cell('input').setAttribute('aria-label', `Pick ${name}`);
    cell('a').textContent = name;
    cell('a').setAttribute('href', `${base}methods/${id}/`);
    body.querySelector('use')?.setAttribute('href', `#sigil-${sigil}`);
    cell('.family-cell').textContent = shorts('family', row).join();
    cell('.family-cell').title = family;
    body.querySelectorAll('.class-cell b').forEach((part, i) => (part.textContent = shorts(dimensions[i] ?? '', row).join('+') || '–'));
    cell('.class-cell .visually-hidden').textContent = inWords;
    cell('.class-cell span').title = inWords;
    cell('.year-cell').textContent = labels('year', row).join();
    cell('.venue-cell').textContent = columns.venues.values[columns.venues.rows[row] ?? 0] ?? '';
    cell('.modality-cell').textContent = labels('modality', row).join(', ');
    cell('.here-cell').textContent = here;
    cell('.here-cell').classList.add(here);
    cell('.code-cell').textContent = labels('code', row).join() === 'yes' ? 'code' : '–';
    return { body, about: cell('.about td') };
  };
}
