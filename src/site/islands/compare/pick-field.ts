import { buildElement } from './build-element.ts';
import type { ComparedNames } from './compared-entry.ts';
import { namesLike } from './names-like.ts';

type Named = ComparedNames[number];

export interface PickFieldParts {
  readonly input: HTMLInputElement;
  readonly list: HTMLElement;
}

export interface PickFieldHooks {
  names(): Promise<ComparedNames | undefined>;
  /** Ids that are picked already. */
  taken(): readonly string[];
  onPick(named: Named): void;
  say(text: string): void;
}

/** A field that completes names of entries: arrows walk its list, Enter takes the first or the chosen one, Escape closes it. */
export function startPickField({ input, list }: PickFieldParts, { names, taken, onPick, say }: PickFieldHooks): void {
  let found: readonly Named[] = [];
  let selected = -1;

  const close = (): void => {
    list.hidden = true;
    selected = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const select = (next: number): void => {
    const options = [...list.children];
    selected = (next + options.length) % options.length;
    for (const [i, option] of options.entries()) option.setAttribute('aria-selected', String(i === selected));
    input.setAttribute('aria-activedescendant', `pick-${selected}`);
    options[selected]?.scrollIntoView({ block: 'nearest' });
  };

  const pick = (named: Named | undefined): void => {
    if (!named) return;
    input.value = '';
    close();
    onPick(named);
  };

  const optionOf = (named: Named, i: number): HTMLElement => {
    const option = buildElement('li', { role: 'option', id: `pick-${i}`, 'aria-selected': 'false' }, named.name);
    option.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      pick(named);
    });
    return option;
  };

  const suggest = async (): Promise<void> => {
    const typed = input.value;
    const all = await names();
    if (typed !== input.value) return;
    found = namesLike(typed, all ?? [], taken());
    close();
    list.replaceChildren(...found.map(optionOf));
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    if (all === undefined) say('The list of entries can’t be read; are you offline?');
    else if (typed.trim() !== '') say(found.length === 0 ? `No entry is called “${typed.trim()}”.` : `${found.length} to choose from.`);
  };

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => select(selected + 1),
    ArrowUp: () => select(Math.max(selected, 0) - 1),
    Enter: () => pick(found[Math.max(0, selected)]),
    Escape: close,
  };
  input.addEventListener('focus', () => void names());
  input.addEventListener('input', () => void suggest());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || list.hidden) return;
    event.preventDefault();
    act();
  });
}
