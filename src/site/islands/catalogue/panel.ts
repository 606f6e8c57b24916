import type { FacetWords, Mode } from './columns.ts';
import type { CatalogueState, Choice } from './state.ts';

/** The cabinet of facets in the page. */
export interface Panel {
  /** The facets as the page names them, in the order of the data. */
  readonly facets: readonly FacetWords[];
  /** What a person reads: the facet, or one of its values. */
  labelOf(facet: string, value?: string): string;
  /** Ticks what is chosen, and sets the counts where they are known. */
  show(chosen: CatalogueState['chosen'], counts?: readonly (readonly number[])[]): void;
}

const allModes: readonly Mode[] = ['any', 'all', 'none'];

interface Drawer extends FacetWords {
  readonly label: string;
  readonly labels: readonly string[];
  readonly boxes: readonly HTMLInputElement[];
  readonly counts: readonly HTMLElement[];
  readonly select: HTMLSelectElement;
}

/** Makes the links of the cabinet boxes to tick; `choose` is told of every change. */
export function openPanel(root: HTMLElement, choose: (facet: string, choice: Choice | undefined) => void): Panel {
  const drawers = [...root.querySelectorAll<HTMLFieldSetElement>('fieldset[data-facet]')].map(openDrawer);
  const byId = new Map(drawers.map((drawer) => [drawer.id, drawer]));
  for (const { id, values, boxes, select } of drawers) {
    const changed = (): void => {
      const ticked = values.filter((_, i) => boxes[i]?.checked);
      const mode = allModes.find((each) => each === select.value) ?? 'any';
      choose(id, ticked.length > 0 ? { values: ticked, mode } : undefined);
    };
    for (const field of [...boxes, select]) field.addEventListener('change', changed);
  }
  return {
    facets: drawers,
    labelOf: (facet, value) => {
      const drawer = byId.get(facet);
      return (value === undefined ? drawer?.label : drawer?.labels[drawer.values.indexOf(value)]) ?? value ?? facet;
    },
    show: (chosen, counts) => {
      drawers.forEach(({ id, modes, values, boxes, counts: shown, select }, at) => {
        const choice = chosen[id];
        boxes.forEach((box, i) => {
          box.checked = choice?.values.includes(values[i] ?? '') ?? false;
          box.closest('li')?.classList.toggle('chosen', box.checked);
        });
        select.value = choice?.mode ?? modes[0] ?? 'any';
        select.hidden = !choice || modes.length < 2;
        shown.forEach((count, i) => {
          const number = counts?.[at]?.[i];
          if (number === undefined) return;
          count.textContent = String(number);
          count.closest('li')?.classList.toggle('nothing', number === 0);
        });
      });
    },
  };
}

function openDrawer(fieldset: HTMLFieldSetElement): Drawer {
  const items = [...fieldset.querySelectorAll<HTMLLIElement>('li[data-value]')];
  const label = fieldset.querySelector('legend span')?.textContent ?? '';
  const modes = allModes.filter((mode) => fieldset.dataset['modes']?.split(' ').includes(mode));
  const boxes = items.map((item) => {
    const [box, words] = [document.createElement('input'), document.createElement('label')];
    box.type = 'checkbox';
    box.name = fieldset.dataset['facet'] ?? '';
    box.value = item.dataset['value'] ?? '';
    const link = item.querySelector('a');
    const name = document.createElement('span');
    name.append(...(link?.childNodes ?? []));
    link?.replaceWith(name);
    words.append(box, ...item.childNodes);
    item.replaceChildren(words);
    return box;
  });
  const select = document.createElement('select');
  select.setAttribute('aria-label', `${label}: any, all or none of the ticked`);
  select.append(...modes.map((mode) => new Option(mode)));
  select.hidden = true;
  fieldset.querySelector('ul')?.before(select);
  return {
    id: fieldset.dataset['facet'] ?? '',
    label,
    labels: items.map((item) => item.dataset['label'] ?? ''),
    values: boxes.map(({ value }) => value),
    modes,
    boxes,
    counts: items.flatMap((item) => item.querySelector<HTMLElement>('.count') ?? []),
    select,
  };
}
