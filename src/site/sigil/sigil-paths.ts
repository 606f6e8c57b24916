import { dimensions } from '../../taxonomy/index.ts';
import type { Dimension, TaxonomyClass } from '../../taxonomy/index.ts';

type Point = readonly [x: number, y: number];
type Polygon = readonly Point[];

const rectangle = (x: number, y: number, width: number, height: number): Polygon => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/** A rectangle with a hole: the hole runs the other way round, so that the fill leaves it out. */
const frame = (x: number, y: number, width: number, height: number, line: number): readonly Polygon[] => [
  rectangle(x, y, width, height),
  [...rectangle(x + line, y + line, width - 2 * line, height - 2 * line)].toReversed(),
];

/** What each value looks like in a cell of 10 × 10. */
const glyphs: { readonly [D in Dimension]: Readonly<Record<string, readonly Polygon[]>> } = {
  // A full square holds learned numbers; an empty one was set.
  configuration: {
    learnable: [rectangle(0.5, 0.5, 9, 9)],
    fixed: frame(0.5, 0.5, 9, 9, 1.7),
  },
  // Three layers, from the input on the left to the hidden state on the right; the full one is touched.
  location: {
    input: [rectangle(0, 0, 2.6, 10)],
    embedding: [rectangle(3.7, 0, 2.6, 10)],
    hidden: [rectangle(7.4, 0, 2.6, 10)],
  },
  // Laid over, put beside, passed through.
  operator: {
    additive: [rectangle(3.8, 0.3, 2.4, 9.4), rectangle(0.3, 3.8, 3.5, 2.4), rectangle(6.2, 3.8, 3.5, 2.4)],
    concatenative: [rectangle(0, 2.4, 4.4, 5.2), ...frame(5.4, 2.4, 4.6, 5.2, 1.4)],
    parametric: [
      [
        [0.6, 0.4],
        [9.8, 5],
        [0.6, 9.6],
      ],
    ],
  },
  // Equal, a rule between brackets, counted columns, a straight line.
  alignment: {
    identity: [rectangle(0.3, 2.1, 9.4, 2.1), rectangle(0.3, 5.8, 9.4, 2.1)],
    structural: [
      [
        [0.3, 0.3],
        [3.9, 0.3],
        [3.9, 2.1],
        [2.1, 2.1],
        [2.1, 7.9],
        [3.9, 7.9],
        [3.9, 9.7],
        [0.3, 9.7],
      ],
      [
        [9.7, 0.3],
        [9.7, 9.7],
        [6.1, 9.7],
        [6.1, 7.9],
        [7.9, 7.9],
        [7.9, 2.1],
        [6.1, 2.1],
        [6.1, 0.3],
      ],
    ],
    statistical: [rectangle(0.3, 5.6, 2.4, 4.1), rectangle(3.8, 0.3, 2.4, 9.4), rectangle(7.3, 3.2, 2.4, 6.5)],
    linear: [
      [
        [0.3, 7.6],
        [7.6, 0.3],
        [9.7, 2.4],
        [2.4, 9.7],
      ],
    ],
  },
};

/** Where the glyphs of a cell with several values stand, and how large: `[x, y, scale]`. */
const places: Readonly<Record<number, readonly (readonly [x: number, y: number, scale: number])[]>> = {
  1: [[0, 0, 1]],
  2: [[0, 0, 0.47], [5.3, 5.3, 0.47]],
  3: [[0, 0, 0.47], [5.3, 0, 0.47], [2.65, 5.3, 0.47]],
  4: [[0, 0, 0.47], [5.3, 0, 0.47], [0, 5.3, 0.47], [5.3, 5.3, 0.47]],
};

/** The layers that a location leaves alone show as low steps, so that the touched one has its place. */
const untouched: Readonly<Record<string, Polygon>> = {
  input: rectangle(0, 8, 2.6, 2),
  embedding: rectangle(3.7, 8, 2.6, 2),
  hidden: rectangle(7.4, 8, 2.6, 2),
};

function polygonsOf(dimension: Dimension, values: readonly string[]): readonly Polygon[] {
  const of = glyphs[dimension];
  if (dimension === 'location') {
    return Object.entries(untouched).flatMap(([value, low]) => (values.includes(value) ? (of[value] ?? []) : [low]));
  }
  if (dimension === 'configuration' && values.length > 1) {
    return [...frame(0.5, 0.5, 9, 9, 1.7), [[2.2, 2.2], [7.8, 7.8], [2.2, 7.8]]];
  }
  return values.flatMap((value, i) => {
    const [dx, dy, scale] = places[values.length]?.[i] ?? [0, 0, 1];
    return (of[value] ?? []).map((polygon) => polygon.map(([x, y]): Point => [dx + x * scale, dy + y * scale]));
  });
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

/** A closed outline as the `d` of a path; level and upright sides take one number. */
function outline(polygon: Polygon): string {
  const steps = polygon.map(([x, y], i) => {
    const [px, py] = polygon[i - 1] ?? [NaN, NaN];
    if (i === 0) return `M${number(x)} ${number(y)}`;
    if (number(y) === number(py)) return `H${number(x)}`;
    return number(x) === number(px) ? `V${number(y)}` : `L${number(x)} ${number(y)}`;
  });
  return `${steps.join('')}z`;
}

/** A cell of a sigil: where it stands in a square of 24 × 24, and the path that fills it. */
export interface SigilCell {
  readonly dimension: Dimension;
  readonly path: string;
}

const corners: Readonly<Record<Dimension, Point>> = {
  configuration: [1, 1],
  location: [13, 1],
  operator: [1, 13],
  alignment: [13, 13],
};

/**
 * A class as four small cells: λ and ℓ above, τ and ω below, in a square of 24 × 24. A cell with several values shows
 * all of them. A dimension without a value leaves its cell empty.
 */
export function sigilPaths(of: TaxonomyClass): readonly SigilCell[] {
  return (Object.keys(dimensions) as Dimension[]).map((dimension) => {
    const [left, top] = corners[dimension];
    const outlines = polygonsOf(dimension, of[dimension]).map((polygon) => outline(polygon.map(([x, y]): Point => [left + x, top + y])));
    return { dimension, path: of[dimension].length === 0 ? '' : outlines.join('') };
  });
}

/** A class in words, for those who don't see the sigil: `learnable; input; additive; statistical`. */
export function classInWords(of: TaxonomyClass): string {
  return (Object.keys(dimensions) as Dimension[]).map((name) => of[name].join(' and ') || 'no value').join('; ');
}
