import type { TaxonomyClass } from '../../../taxonomy/index.ts';
import { sigilPaths } from '../../sigil/sigil-paths.ts';
import type { SigilCell } from '../../sigil/sigil-paths.ts';
import { labelLines, widthOf } from './label-lines.ts';
import { layoutGraph } from './layout-graph.ts';
import type { GraphForm } from './layout-graph.ts';

/** Something that a graph shows. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  /** A word in small beside the label: the year. */
  readonly note?: string | undefined;
  /** Address within the site; a node without one is no link. */
  readonly path?: string | undefined;
  /** Its class, drawn as a sigil; null for an empty frame, absent for none. */
  readonly class?: TaxonomyClass | null | undefined;
  /** The one that the graph is about. */
  readonly isSubject?: boolean;
}

/** How a relation is drawn. */
export type LineStyle = 'arrow' | 'dotted arrow' | 'dashed';

/** A relation between two nodes; `from` stands before `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** A name in `kinds`. */
  readonly kind: string;
}

/** What relations of a kind are called between their two ends, `A … B`, and how they are drawn. */
export interface EdgeKind {
  readonly words: string;
  readonly style: LineStyle;
}

export type NotePlace = 'behind' | 'below' | 'nowhere';

export interface DrawnNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  /** Where its note stands: behind the last line, below it, or nowhere. */
  readonly notePlace: NotePlace;
  /** Its sigil's place in `sigils`. */
  readonly sigil: number | undefined;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly { readonly d: string; readonly style: LineStyle }[];
  /** Which way lines run. */
  readonly direction: 'right' | 'down';
  /** Each sigil once; an empty list of cells stands for the frame of those without a class. */
  readonly sigils: readonly (readonly SigilCell[])[];
}

/** Measures of a node, in pixels; letters are set at `size`. */
export const nodeForm = { size: 13, line: 15, sigil: 20, pad: 7, least: 5, most: 12 } as const;

const noteWidth = (note: string | undefined): number => (note === undefined ? 0 : widthOf(` ${note}`) * 0.86);

interface NodeText {
  readonly lines: readonly string[];
  readonly notePlace: NotePlace;
  /** Of the widest line, in ems. */
  readonly ems: number;
}

/** A label in its room, broken a little earlier where its note finds a place behind it then; else with the note below. */
function textOf({ label, note }: GraphNode, room: number, most: number): NodeText {
  const set = (ems: number): NodeText => {
    const lines = labelLines(label, ems, most);
    const last = widthOf(lines.at(-1) ?? '') + noteWidth(note);
    const isBehind = note !== undefined && last <= room;
    const notePlace = isBehind ? 'behind' : note !== undefined && lines.length < most ? 'below' : 'nowhere';
    return { lines, notePlace, ems: Math.max(0, ...lines.map(widthOf), isBehind ? last : 0) };
  };
  const usual = set(room);
  if (note === undefined || usual.notePlace === 'behind') return usual;
  for (let ems = room - 0.5; ems >= nodeForm.least; ems -= 0.5) {
    const narrower = set(ems);
    if (narrower.notePlace === 'behind' && narrower.lines.join(' ') === label) return narrower;
  }
  return usual;
}

/** The labels on two lines, or three, in the narrowest room that cuts none of them; else in the widest there is. */
function textsOf(nodes: readonly GraphNode[]): readonly NodeText[] {
  for (const most of [2, 3]) {
    for (let room: number = nodeForm.least; room <= nodeForm.most; room += 0.5) {
      const texts = nodes.map((node) => textOf(node, room, most));
      const isWhole = texts.every(({ lines, notePlace }, i) => lines.join(' ') === nodes[i]?.label && (notePlace !== 'nowhere' || nodes[i]?.note === undefined));
      // The widest label makes room in which others may need fewer lines.
      if (isWhole) return nodes.map((node) => textOf(node, Math.max(...texts.map(({ ems }) => ems)), most));
    }
  }
  return nodes.map((node) => textOf(node, nodeForm.most, 3));
}

/** Places and sizes of everything that a graph shows. Boxes are equally wide, as wide as the widest label needs. */
export function drawGraph(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  kinds: Readonly<Record<string, EdgeKind>>,
  form: GraphForm = {},
): Drawing {
  const { size, line, sigil, pad } = nodeForm;
  const beside = 2 * pad + (nodes.some((node) => node.class !== undefined) ? sigil + pad : 0);
  const texts = textsOf(nodes);
  const width = Math.ceil(Math.max(0, ...texts.map(({ ems }) => ems)) * size) + beside;
  const heights = texts.map(({ lines, notePlace }) => Math.max(1, lines.length + Number(notePlace === 'below')) * line + 2 * pad + 1);
  const boxes = nodes.map(({ id }, i) => ({ id, width, height: heights[i] ?? 0 }));
  const layout = layoutGraph(boxes, edges, form);
  const sigils = new Map<string, readonly SigilCell[]>();
  const sigilOf = ({ class: own }: GraphNode): number | undefined => {
    if (own === undefined) return undefined;
    const cells = own === null ? [] : sigilPaths(own);
    const name = JSON.stringify(cells);
    if (!sigils.has(name)) sigils.set(name, cells);
    return [...sigils.keys()].indexOf(name);
  };
  return {
    width: layout.width,
    height: layout.height,
    direction: form.direction ?? 'right',
    nodes: nodes.map((node, i) => ({
      ...node,
      ...(layout.boxes.get(node.id) ?? { x: 0, y: 0 }),
      width,
      height: heights[i] ?? 0,
      lines: texts[i]?.lines ?? [],
      notePlace: texts[i]?.notePlace ?? 'nowhere',
      sigil: sigilOf(node),
    })),
    edges: edges.map(({ kind }, i) => {
      const found = kinds[kind];
      if (!found) throw new Error(`A line of a graph is of the kind "${kind}", which isn't among ${Object.keys(kinds).join(', ')}.`);
      return { d: layout.lines[i] ?? '', style: found.style };
    }),
    sigils: [...sigils.values()],
  };
}
