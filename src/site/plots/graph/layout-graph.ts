import { instance } from '@viz-js/viz';
import { z } from 'zod';

/** A box to be placed; sizes in pixels. */
export interface GraphBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** A line between two boxes; `from` gets the earlier place. */
export interface GraphLine {
  readonly from: string;
  readonly to: string;
}

export interface PlacedBox {
  /** Left edge. */
  readonly x: number;
  /** Upper edge. */
  readonly y: number;
}

/** Where everything stands: pixels, x to the right and y down, from the upper left corner. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** By id. */
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  /** The course of each line as the `d` of an SVG path, in the order of the lines. */
  readonly lines: readonly string[];
}

export interface GraphForm {
  /** Which way `from` → `to` runs. */
  readonly direction?: 'right' | 'down';
  /** Pixels between boxes side by side in a rank. */
  readonly gap?: number;
  /** Pixels between ranks. */
  readonly rankGap?: number;
}

const point = /(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)/g;
const drawn = z.object({
  bb: z.string(),
  objects: z.array(z.object({ name: z.string(), pos: z.string() })).default([]),
  edges: z.array(z.object({ pos: z.string(), id: z.string() })).default([]),
});
const ports = { right: ['e', 'w'], down: ['s', 'n'] } as const;
const perInch = 72;
const viz = await instance();

function pointsOf(text: string): readonly (readonly [x: number, y: number])[] {
  return [...text.matchAll(point)].map(([, x, y]) => [Number(x), Number(y)]);
}

/**
 * Places boxes in ranks so that lines run one way and cross little: Graphviz's `dot`, which gives the same places for the
 * same input everywhere.
 * @throws {Error} where two boxes share an id, or a line leads to a box that isn't there.
 */
export function layoutGraph(boxes: readonly GraphBox[], lines: readonly GraphLine[], form: GraphForm = {}): GraphLayout {
  if (boxes.length === 0) return { width: 0, height: 0, boxes: new Map(), lines: [] };
  const { direction = 'right', gap = 10, rankGap = 44 } = form;
  const [tailport, headport] = ports[direction];
  const nameOf = new Map(boxes.map(({ id }, i) => [id, `b${i}`]));
  if (nameOf.size < boxes.length) throw new Error('Two boxes of a graph have the same id.');
  const name = (id: string): string => {
    const found = nameOf.get(id);
    if (found === undefined) throw new Error(`A line of a graph leads to "${id}", which is no box of it.`);
    return found;
  };
  const answer = viz.renderJSON({
    graphAttributes: { rankdir: direction === 'right' ? 'LR' : 'TB', nodesep: gap / perInch, ranksep: rankGap / perInch },
    nodeAttributes: { shape: 'box', fixedsize: true, label: '' },
    edgeAttributes: { arrowhead: 'none', tailport, headport },
    nodes: boxes.map(({ id, width, height }) => ({ name: name(id), attributes: { width: width / perInch, height: height / perInch } })),
    edges: lines.map(({ from, to }, i) => ({ tail: name(from), head: name(to), attributes: { id: `l${i}` } })),
  });
  const { bb, objects, edges } = drawn.parse(answer);
  const [, , width = 0, height = 0] = bb.split(',').map(Number);
  const centres = new Map(objects.map((each) => [each.name, pointsOf(each.pos)[0]]));
  const placed = boxes.map((box) => {
    const [x, y] = centres.get(name(box.id)) ?? [0, 0];
    return [box.id, { x: Math.round(x - box.width / 2), y: Math.round(height - y - box.height / 2) }] as const;
  });
  const courses = new Map(
    edges.map(({ id, pos }) => {
      const [start, ...rest] = pointsOf(pos).map(([x, y]) => `${Math.round(x)} ${Math.round(height - y)}`);
      return [id, `M${start ?? '0 0'}C${rest.join(' ')}`];
    }),
  );
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: new Map(placed),
    lines: lines.map((_, i) => courses.get(`l${i}`) ?? ''),
  };
}
