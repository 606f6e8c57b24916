import { partOf } from './part-of.ts';

/** The bar with what is picked. */
export interface PicksBar {
  show(picked: readonly string[]): void;
}

/** How many entries a comparison takes. */
const least = 2;
const most = 4;
/** Names that the bar has room for. */
const named = 6;

/** @param nameOf what an entry is called */
export function picksBar(root: HTMLElement, base: string, nameOf: (id: string) => string, putBack: () => void): PicksBar {
  const bar = partOf(root, '[data-picks]');
  const compare = partOf<HTMLAnchorElement>(bar, '[data-compare]');
  const count = partOf(bar, '[data-picked-count]');
  const list = partOf(bar, '[data-picked-names]');
  partOf(bar, '[data-unpick]').addEventListener('click', putBack);
  return {
    show(picked) {
      bar.hidden = picked.length === 0;
      document.documentElement.classList.toggle('picking', picked.length > 0);
      const names = picked.slice(0, named).map(nameOf).join(', ');
      count.textContent = `${picked.length} picked`;
      list.textContent = picked.length > named ? `${names} and ${picked.length - named} more` : names;
      const fits = picked.length >= least && picked.length <= most;
      compare.textContent = fits ? 'Compare' : `Compare takes ${least} to ${most}`;
      if (fits) compare.href = `${base}compare/?pick=${picked.join(',')}`;
      else compare.removeAttribute('href');
    },
  };
}
