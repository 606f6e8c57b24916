import { dimensions } from '../../../taxonomy/index.ts';
import { formulaInWords, formulaTree } from '../../components/formula-tree.ts';
import type { MathNode } from '../../components/formula-tree.ts';
import { buildElement, buildForeign } from './build-element.ts';
import type { ComparedEntry, ComparedLink } from './compared-entry.ts';
import { commonTables, differingDimensions, dimensionNames } from './side-by-side.ts';
import type { CommonTable } from './side-by-side.ts';

const svg = 'http://www.w3.org/2000/svg';
const frame = 'M1 1H23V23H1zM2.5 2.5V21.5H21.5V2.5z';

function sigil({ sigil: cells }: ComparedEntry): Element {
  const paths = cells.map(({ dimension, path }) => buildForeign(svg, 'path', { class: `fill-${dimension}`, d: path }));
  const shown = paths.length > 0 ? paths : [buildForeign(svg, 'path', { class: 'fill-none', d: frame })];
  return buildForeign(svg, 'svg', { class: 'sigil', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, ...shown);
}

function math(tree: MathNode | string): Node {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const made = buildForeign('http://www.w3.org/1998/Math/MathML', tree.tag, tree.attributes);
  made.append(...tree.children.map(math));
  return made;
}

const link = ({ text, address }: ComparedLink): Node | string => (address === undefined ? text : buildElement('a', { href: address }, text));

function region(label: string, table: HTMLTableElement): HTMLElement {
  return buildElement('div', { class: 'scroll', role: 'region', 'aria-label': label, tabindex: '0' }, table);
}

function formulas(entries: readonly ComparedEntry[]): HTMLElement {
  const marked = differingDimensions(entries);
  const lines = entries.map((entry) =>
    buildElement(
      'div',
      {},
      buildElement('dt', {}, sigil(entry), buildElement('a', { href: entry.address }, entry.name)),
      entry.class === null
        ? buildElement('dd', { class: 'none' }, 'a rival: no place in the formula')
        : buildElement('dd', { class: 'scroll', tabindex: '0' }, math(formulaTree({ of: entry.class, label: formulaInWords(entry.class), marked }))),
    ),
  );
  const shared = dimensionNames.length - marked.length;
  const said =
    entries.filter((entry) => entry.class !== null).length < 2 ? ''
    : marked.length === 0 ? 'One class: no slot differs.'
    : `${marked.map((name) => `${dimensions[name].symbol} ${name}`).join(', ')} ${marked.length === 1 ? 'differs' : 'differ'}; ${shared === 0 ? 'no slot is shared' : `${shared} of ${dimensionNames.length} slots shared`}.`;
  return buildElement('section', {}, buildElement('dl', { class: 'formulas' }, ...lines), said !== '' && buildElement('p', { class: 'differing' }, said));
}

function facts(entries: readonly ComparedEntry[]): HTMLElement {
  const marked = differingDimensions(entries);
  const labels = [...new Set(entries.flatMap((entry) => Object.keys(entry.facts)))];
  const heads = entries.map((entry) => buildElement('th', { scope: 'col' }, sigil(entry), ' ', buildElement('a', { href: entry.address }, entry.name)));
  const slots = dimensionNames.map((name) =>
    buildElement(
      'tr',
      { class: `dim-${name}${marked.includes(name) ? ' differs' : ''}` },
      buildElement('th', { scope: 'row' }, buildElement('i', {}, dimensions[name].symbol), ` ${name}`, marked.includes(name) && buildElement('small', {}, ' differs')),
      ...entries.map((entry) =>
        buildElement('td', {}, buildElement('b', {}, entry.class?.[name].join(', ') ?? '–'), entry.rationale[name] !== undefined && buildElement('p', {}, entry.rationale[name])),
      ),
    ),
  );
  const others = labels.map((label) =>
    buildElement(
      'tr',
      {},
      buildElement('th', { scope: 'row' }, label),
      ...entries.map((entry) => {
        const links = entry.facts[label] ?? [];
        return buildElement('td', {}, ...(links.length === 0 ? ['–'] : links.flatMap((each, i) => (i === 0 ? [link(each)] : [' ', link(each)]))));
      }),
    ),
  );
  const table = buildElement(
    'table',
    { class: 'side-by-side' },
    buildElement('caption', { class: 'visually-hidden' }, 'The entries side by side; rows in which their class differs say so.'),
    buildElement('thead', {}, buildElement('tr', {}, buildElement('td'), ...heads)),
    buildElement('tbody', {}, ...slots, ...others),
  );
  return region('Side by side', table);
}

function common({ table, columns, rows }: CommonTable): HTMLElement {
  const made = buildElement(
    'table',
    { class: 'plain numbers' },
    buildElement('caption', { class: 'visually-hidden' }, `${table.title}: ${table.metric}`),
    buildElement('thead', {}, buildElement('tr', {}, buildElement('th', { scope: 'col' }, 'Row'), ...columns.map(({ label }) => buildElement('th', { scope: 'col' }, label)))),
    buildElement(
      'tbody',
      {},
      ...rows.map(({ entry, label, cells }) =>
        buildElement(
          'tr',
          {},
          buildElement('th', { scope: 'row' }, sigil(entry), ` ${label}`),
          ...cells.map((cell) => buildElement('td', {}, cell === undefined ? '–' : buildElement('a', { href: cell.address }, cell.text))),
        ),
      ),
    ),
  );
  return buildElement(
    'section',
    {},
    buildElement('h3', {}, 'From ', buildElement('a', { href: table.address }, table.title)),
    region(table.title, made),
    buildElement('p', { class: 'soft' }, `${table.metric}: mean ± half the 95 % interval over seeds. Whether two rows can be told apart, their table says.`),
  );
}

/** One to four entries as the page shows them. */
export function drawComparison(entries: readonly ComparedEntry[]): readonly Node[] {
  if (entries.length === 0) return [];
  const tables = commonTables(entries);
  const measured = entries.filter((entry) => entry.tables.length > 0).length;
  const none =
    entries.length < 2 || tables.length > 0 ? []
    : [buildElement('p', { class: 'soft' }, measured > 1 ? 'They are measured here, but in no column together.' : `${measured === 0 ? 'None' : 'Only one'} of them is measured here.`)];
  return [
    buildElement('h2', { id: 'formulas' }, 'As the formula'),
    formulas(entries),
    buildElement('h2', { id: 'slots' }, 'Slot by slot'),
    facts(entries),
    ...(entries.length < 2 ? [] : [buildElement('h2', { id: 'results' }, 'Measured in common'), ...tables.map(common), ...none]),
  ];
}
