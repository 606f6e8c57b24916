import type { Answer, Group, Hit } from '../../search/find-everywhere.ts';
import { fromFirstMark, runsOfExcerpt, runsOfTitle } from '../../search/marked.ts';
import type { Run } from '../../search/marked.ts';
import { kindNames, searchKinds } from '../../search/search-record.ts';
import { sigilDrawing } from './sigil-drawing.ts';

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...inside: readonly (string | Node)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...inside);
  return made;
}

const drawn = (runs: readonly Run[]): readonly (string | Node)[] => runs.map(({ text, marked }) => (marked ? element('mark', '', text) : text));

/** So many letters of an excerpt stand before its first marked word at most. */
const leadOfExcerpt = 48;

/** How a page is called where that led to it. */
function calledSo({ through, naming }: Hit): string | undefined {
  if (through === undefined) return undefined;
  return naming === 'term' ? 'others say ' : 'also ';
}

const headingOf = ({ of, hits }: Group): string => {
  if (of !== 'named') return searchKinds[of];
  return hits.every(({ meeting }) => meeting === 'near') ? 'Spelled alike' : 'By name';
};

/** A hit as an option of the list that is also a link, so that it can be opened in another tab. */
function optionOf(hit: Hit, id: string, query: string, base: string, withKind: boolean): HTMLAnchorElement {
  const option = element('a', 'found-option');
  option.href = `${base}${hit.path}`;
  option.id = id;
  option.tabIndex = -1;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const mark = element('span', 'found-mark');
  const title = element('span', 'found-title', ...drawn(runsOfTitle(hit.title, query)));
  const line = element('span', 'found-line', title);
  const said = calledSo(hit);
  if (said !== undefined && hit.through !== undefined) {
    const through = element('span', 'found-through', said, ...drawn(runsOfTitle(hit.through, query)));
    line.append(' ', through);
  }
  const kind = element('span', withKind ? 'found-kind' : 'visually-hidden', kindNames[hit.kind]);
  line.append(' ', kind);
  option.append(mark, line);
  if (hit.excerpt !== undefined && hit.excerpt !== '') {
    const excerpt = element('span', 'found-excerpt', ...drawn(fromFirstMark(runsOfExcerpt(hit.excerpt), leadOfExcerpt)));
    option.append(' ', excerpt);
  }
  if (hit.kind === 'method') {
    const { drawing, words } = sigilDrawing(hit.of);
    mark.append(drawing);
    mark.title = words;
  }
  return option;
}

function groupOf(heading: string, id: string, options: readonly HTMLElement[]): HTMLElement {
  const title = element('div', 'found-heading', heading);
  title.id = id;
  title.setAttribute('role', 'presentation');
  const group = element('div', 'found-group', title, ...options);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-labelledby', id);
  return group;
}

/** The groups of an answer, with options numbered through. */
export function drawGroups({ groups, meant }: Answer, base: string): readonly HTMLElement[] {
  let n = 0;
  return groups.map((group, i) =>
    groupOf(
      headingOf(group),
      `found-group-${i}`,
      group.hits.map((hit) => optionOf(hit, `found-${n++}`, meant, base, group.of === 'named')),
    ),
  );
}

/** Names to try instead; an option carries its words in `data-try`. */
export function drawSuggestions(suggestions: readonly string[]): readonly HTMLElement[] {
  if (suggestions.length === 0) return [];
  const options = suggestions.map((words, i) => {
    const option = element('div', 'found-option', element('span', 'found-mark'), element('span', 'found-line', words));
    option.id = `found-${i}`;
    option.dataset['try'] = words;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    return option;
  });
  return [groupOf('Did you mean', 'found-group-0', options)];
}
