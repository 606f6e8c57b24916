import type { Field } from './shapes.ts';

/** The ten digits, five cells wide and seven high. */
const bitmaps: readonly (readonly string[])[] = [
  ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  ['.###.', '#...#', '....#', '..##.', '.#...', '#....', '#####'],
  ['####.', '....#', '....#', '.###.', '....#', '....#', '####.'],
  ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  ['#####', '....#', '...#.', '..#..', '..#..', '.#...', '.#...'],
  ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
];

const rows = 7;
const columns = 5;
/** A cell's side in radii: seven rows fill the height of 2. */
const cell = 2 / rows;
/** Ink at the edge of a stroke. */
const even = 0.4;

/**
 * The bitmap's ink, interpolated between the centres of cells, as a field: about the distance to where ink and ground
 * weigh the same.
 */
function fieldOf(bitmap: readonly string[]): Field {
  const ink = (row: number, column: number): number => (bitmap[row]?.[column] === '#' ? 1 : 0);
  const grid = Float64Array.from({ length: (rows + 2) * (columns + 2) }, (_, i) =>
    ink(Math.floor(i / (columns + 2)) - 1, (i % (columns + 2)) - 1),
  );
  const at = (row: number, column: number): number => grid[row * (columns + 2) + column] ?? 0;
  return (x, y) => {
    const right = x / cell + columns / 2 + 0.5;
    const down = y / cell + rows / 2 + 0.5;
    const column = Math.floor(right);
    const row = Math.floor(down);
    if (column < 0 || row < 0 || column > columns || row > rows) return even * cell;
    const dx = right - column;
    const dy = down - row;
    const upper = at(row, column) * (1 - dx) + at(row, column + 1) * dx;
    const lower = at(row + 1, column) * (1 - dx) + at(row + 1, column + 1) * dx;
    return (even - (upper * (1 - dy) + lower * dy)) * cell;
  };
}

/** The digits 0 to 9 as fields. */
export const digits: readonly Field[] = bitmaps.map(fieldOf);
