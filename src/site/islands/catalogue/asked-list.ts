import { askedOf } from './slip.ts';
import type { Asked } from './slip.ts';
import type { Panel } from './panel.ts';
import { partOf } from './part-of.ts';
import type { CatalogueState } from './state.ts';

/** The list of what is asked for. */
export interface AskedList {
  show(state: CatalogueState): void;
  /** A button that lets go of what it stands for; null for everything. */
  letGoButton(asked: Asked | null, text: string): HTMLButtonElement;
}

const buttonOf = (text: string, className = ''): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.textContent = text;
  return button;
};

export const itemOf = (...content: (Node | string)[]): HTMLLIElement => {
  const item = document.createElement('li');
  item.append(...content);
  return item;
};

/** @param letGo takes away what a button stands for; null for everything */
export function askedList(root: HTMLElement, labelOf: Panel['labelOf'], letGo: (asked: Asked | null) => void): AskedList {
  const list = partOf(root, '[data-asked]');
  const heading = partOf(root, '[data-count]');

  /** After a click the next button has the focus, or the heading where there is none. */
  const letGoButton = (asked: Asked | null, text: string, className?: string): HTMLButtonElement => {
    const button = buttonOf(text, className);
    if (asked) button.setAttribute('aria-label', `Let go: ${text}`);
    button.addEventListener('click', () => {
      const place = [...list.querySelectorAll('button')].indexOf(button);
      letGo(asked);
      ((place < 0 ? undefined : list.querySelectorAll('button')[place]) ?? heading).focus();
    });
    return button;
  };

  return {
    letGoButton,
    show(state) {
      const asked = askedOf(state, labelOf);
      const items = asked.map((each) => itemOf(letGoButton(each, each.text)));
      if (asked.length > 1) items.push(itemOf(letGoButton(null, 'let go of all', 'all')));
      list.replaceChildren(...items);
      list.hidden = asked.length === 0;
    },
  };
}
