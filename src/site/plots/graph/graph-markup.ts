import { escapeText } from '../escape-text.ts';
import { nodeForm } from './draw-graph.ts';
import type { DrawnNode, Drawing, LineStyle } from './draw-graph.ts';

export interface MarkupOptions {
  /** Stands before the names inside the picture. */
  readonly id: string;
  /** An address within the site as a page links to it. */
  readonly addressOf: (path: string) => string;
}

const frame = 'M1 1H23V23H1zM2.5 2.5V21.5H21.5V2.5z';
const classes: Readonly<Record<LineStyle, string>> = { arrow: '', 'dotted arrow': ' class="dotted"', dashed: ' class="dashed"' };
const { size, line, sigil, pad } = nodeForm;

/** Each cell of the sigils once, and the sigils put together from them. */
function definitions({ sigils }: Drawing, id: string): string {
  const cells = new Map<string, string>();
  for (const { dimension, path } of sigils.flat()) {
    if (path !== '' && !cells.has(path)) cells.set(path, `<path id="${id}c${cells.size}" class="fill-${dimension}" d="${path}"/>`);
  }
  const places = [...cells.keys()];
  const groups = sigils.map((own, i) => {
    const parts = own.flatMap(({ path }) => (path === '' ? [] : [`<use href="#${id}c${places.indexOf(path)}"/>`]));
    const inside = own.length === 0 ? `<path class="fill-none" d="${frame}"/>` : parts.join('');
    return `<g id="${id}${i}">${inside}</g>`;
  });
  return groups.length === 0 ? '' : `<defs>${[...cells.values(), ...groups].join('')}</defs>`;
}

/** Lines of one style in one path, and the tips of all arrows in another. */
function lines({ edges, direction }: Drawing): string {
  const styles = [...new Set(edges.map(({ style }) => style))];
  const courses = styles.map((style) => `<path${classes[style]} d="${edges.flatMap((edge) => (edge.style === style ? [edge.d] : [])).join('')}"/>`);
  const tips = edges.flatMap(({ d, style }) => {
    const [x = 0, y = 0] = d.split(/[^-\d.]+/).slice(-2).map(Number);
    if (style === 'dashed') return [];
    return [direction === 'right' ? `M${x - 8} ${y - 4}l8 4-8 4z` : `M${x - 4} ${y - 8}l4 8 4-8z`];
  });
  return courses.join('') + (tips.length === 0 ? '' : `<path class="tips" d="${tips.join('')}"/>`);
}

function box(node: DrawnNode, { id, addressOf }: MarkupOptions): string {
  const left = node.sigil === undefined ? pad : 2 * pad + sigil;
  const words = node.lines.map((each, i) => (i === 0 ? escapeText(each) : `<tspan x="${left}" dy="${line}">${escapeText(each)}</tspan>`)).join('');
  const opening = { behind: '<tspan class="soft"> ', below: `<tspan class="soft" x="${left}" dy="${line}">`, nowhere: undefined }[node.notePlace];
  const note = opening === undefined || node.note === undefined ? '' : `${opening}${escapeText(node.note)}</tspan>`;
  const inside =
    `<rect width="${node.width}" height="${node.height}"/>` +
    (node.sigil === undefined ? '' : `<use href="#${id}${node.sigil}"/>`) +
    `<text x="${left}" y="${pad + size - 1}">${words}${note}</text>`;
  const at = `transform="translate(${node.x} ${node.y})"`;
  if (node.isSubject) return `<g class="subject" ${at}>${inside}</g>`;
  return node.path === undefined ? `<g ${at}>${inside}</g>` : `<a href="${escapeText(addressOf(node.path))}" tabindex="-1" ${at}>${inside}</a>`;
}

/** A drawing as SVG that the eye and the mouse read; what it says has to stand beside it in words. */
export function graphMarkup(drawing: Drawing, options: MarkupOptions): string {
  const [width, height] = [drawing.width + 2, drawing.height + 2];
  return (
    `<svg width="${width}" height="${height}" viewBox="-1 -1 ${width} ${height}" aria-hidden="true">` +
    definitions(drawing, options.id) +
    lines(drawing) +
    drawing.nodes.map((node) => box(node, options)).join('') +
    '</svg>'
  );
}
