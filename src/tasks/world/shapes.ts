/**
 * A figure's outline as a function of a point, in units of the figure's radius, x to the right and y down: the
 * (approximate) distance to the edge, negative inside.
 */
export type Field = (x: number, y: number) => number;

export interface Shape {
  readonly name: string;
  readonly field: Field;
}

const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);
const box = (x: number, y: number, width: number, height: number): number =>
  Math.max(Math.abs(x) - width, Math.abs(y) - height);

/** Outward normals of the sides of a regular pentagon that points up: (cos, sin) of 54° + 72°·i, downwards positive. */
const pentagon: readonly (readonly [number, number])[] = [
  [0, 1],
  [0.9510565162951535, 0.30901699437494745],
  [0.5877852522924731, -0.8090169943749475],
  [-0.5877852522924731, -0.8090169943749475],
  [-0.9510565162951535, 0.30901699437494745],
];

/** The second largest of the distances to five lines: a point of a pentagram lies beyond one of them at most. */
function pentagram(x: number, y: number, inner: number): number {
  let first = -Infinity;
  let second = -Infinity;
  for (const [a, b] of pentagon) {
    const distance = a * x + b * y - inner;
    if (distance > first) {
      second = first;
      first = distance;
    } else if (distance > second) {
      second = distance;
    }
  }
  return second;
}

const halfRoot3 = 0.8660254037844386;

/** The ten shapes of the generated world. Their order is the order of classes: append only. */
export const shapes = [
  { name: 'circle', field: (x, y) => length(x, y) - 0.9 },
  { name: 'square', field: (x, y) => box(x, y, 0.8, 0.8) },
  { name: 'triangle', field: (x, y) => Math.max(halfRoot3 * Math.abs(x) - 0.5 * (y - 0.2), y - 0.2) - 0.55 },
  { name: 'plus', field: (x, y) => Math.min(box(x, y, 1, 0.33), box(x, y, 0.33, 1)) },
  { name: 'ring', field: (x, y) => Math.abs(length(x, y) - 0.74) - 0.23 },
  { name: 'star', field: (x, y) => pentagram(x, y, 0.37) },
  { name: 'diamond', field: (x, y) => (1.7 * Math.abs(x) + Math.abs(y) - 1.1) / 1.9723082923316022 },
  { name: 'bar', field: (x, y) => box(x, y, 1.1, 0.28) },
  { name: 'crescent', field: (x, y) => Math.max(length(x, y) - 1, 0.8 - length(x - 0.55, y)) },
  {
    name: 'hexagon',
    field: (x, y) => Math.max(halfRoot3 * Math.abs(x) + 0.5 * Math.abs(y), Math.abs(y)) - 0.8,
  },
] as const satisfies readonly Shape[];
