import type { Generator } from '../../random/index.ts';
import { digits } from './digits.ts';
import { drawCentre, drawColour, drawGround, drawRadius, grounds, member, pick } from './draw-parts.ts';
import { palette } from './palette.ts';
import type { Scene } from './scene.ts';
import { shapes } from './shapes.ts';
import { shiftedTasks } from './shifted-tasks.ts';
import { textures } from './textures.ts';

/** A task of the generated world: its classes and how a scene of class `label` is drawn at random. */
export interface WorldTask {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** How many classes the training pool shows, the first ones; all if absent. The test pool shows all. */
  readonly trainedClasses?: number;
  /** Pictures in the pools that splits are drawn from. */
  readonly pool: { readonly train: number; readonly test: number };
  readonly draw: (label: number, generator: Generator) => Scene;
  /** What becomes of the whole picture, noise included, before anybody sees it; nothing if absent. */
  readonly develop?: (picture: Uint8Array, generator: Generator) => Uint8Array;
}

const noise = 0.04;
const solid = textures[0];
const targetPool = { train: 4000, test: 2000 };

const shapesAndTextures = shapes.flatMap((shape) => textures.map((texture) => ({ shape, texture })));

/** Names as `striped circle`: the source classes, textures turning fastest. */
const source: WorldTask = {
  id: 'world-shapes',
  title: 'Generated world: shape and texture',
  classes: shapesAndTextures.map(({ shape, texture }) => `${texture.name} ${shape.name}`),
  pool: { train: 30000, test: 2000 },
  draw(label, generator) {
    const { shape, texture } = member(shapesAndTextures, label);
    const radius = drawRadius(generator);
    const colour = drawColour(generator);
    const range = generator.integer(5) === 0 ? grounds.light : grounds.any;
    return {
      ground: drawGround(generator, range, [colour]),
      figures: [
        {
          field: shape.field,
          cover: texture.cover,
          colour,
          radius,
          ...drawCentre(generator, radius),
          angle: generator.uniform(-0.35, 0.35),
        },
      ],
      noise,
    };
  },
};

const eighths = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const [, , , , , , diamond, bar] = shapes;
/** The two shapes with one long axis, and the angle of that axis at rotation 0. */
const longShapes = [
  { shape: bar, axis: 0 },
  { shape: diamond, axis: Math.PI / 2 },
] as const;

const orientation: WorldTask = {
  id: 'world-orientation',
  title: 'Generated world: orientation of a long shape',
  classes: eighths.map((step) => `${step * 22.5}°`),
  pool: targetPool,
  draw(label, generator) {
    const { shape, axis } = pick(longShapes, generator);
    const radius = drawRadius(generator);
    const colour = drawColour(generator);
    return {
      ground: drawGround(generator, grounds.any, [colour]),
      figures: [
        {
          field: shape.field,
          cover: solid.cover,
          colour,
          radius,
          ...drawCentre(generator, radius),
          // counter-clockwise from the horizontal as seen
          angle: axis - (label * Math.PI) / 8 + generator.uniform(-0.12, 0.12),
        },
      ],
      noise,
    };
  },
};

const outlines: WorldTask = {
  id: 'world-outlines',
  title: 'Generated world: outlines of shapes',
  classes: shapes.map(({ name }) => name),
  pool: targetPool,
  draw(label, generator) {
    const radius = generator.uniform(7.5, 12);
    const colour = drawColour(generator);
    return {
      ground: drawGround(generator, grounds.light, [colour]),
      figures: [
        {
          field: member(shapes, label).field,
          cover: solid.cover,
          colour,
          radius,
          ...drawCentre(generator, radius),
          angle: generator.uniform(-Math.PI, Math.PI),
          stroke: 0.18 * radius,
        },
      ],
      noise,
    };
  },
};

const digitTask: WorldTask = {
  id: 'world-digits',
  title: 'Generated world: digits',
  classes: digits.map((_, digit) => String(digit)),
  pool: targetPool,
  draw(label, generator) {
    const colour = drawColour(generator);
    return {
      ground: drawGround(generator, grounds.any, [colour]),
      figures: [
        {
          field: member(digits, label),
          cover: solid.cover,
          colour,
          radius: generator.uniform(8.5, 12.5),
          x: 16 + generator.uniform(-4, 4),
          y: 16 + generator.uniform(-3, 3),
          angle: generator.uniform(-0.3, 0.3),
          slant: generator.uniform(-0.2, 0.2),
        },
      ],
      noise,
    };
  },
};

const colours: WorldTask = {
  id: 'world-colours',
  title: 'Generated world: colour of an object',
  classes: palette.map(({ name }) => name),
  pool: targetPool,
  draw(label, generator) {
    const radius = drawRadius(generator);
    const colour = drawColour(generator, member(palette, label).colour);
    return {
      ground: drawGround(generator, grounds.any, [colour]),
      figures: [
        {
          field: pick(shapes, generator).field,
          cover: pick(textures, generator).cover,
          colour,
          radius,
          ...drawCentre(generator, radius),
          angle: generator.uniform(-0.35, 0.35),
        },
      ],
      noise,
    };
  },
};

/** Where the large object lies from the small one (columns right, rows down). */
const directions = [
  { name: 'right', x: 1, y: 0 },
  { name: 'left', x: -1, y: 0 },
  { name: 'below', x: 0, y: 1 },
  { name: 'above', x: 0, y: -1 },
] as const;

const relations: WorldTask = {
  id: 'world-relations',
  title: 'Generated world: where the large object lies from the small one',
  classes: directions.map(({ name }) => name),
  pool: targetPool,
  draw(label, generator) {
    const along = member(directions, label);
    const half = generator.uniform(6, 7.5);
    // up to half a distance aside, so that the direction stays the nearest of the four
    const aside = generator.uniform(-0.5, 0.5) * half;
    const middle = { x: 16 + generator.uniform(-2, 2), y: 16 + generator.uniform(-2, 2) };
    const ends = [
      { sign: -1, radius: generator.uniform(3, 3.8) },
      { sign: 1, radius: generator.uniform(5.2, 6.4) },
    ] as const;
    const figures = ends.map(({ sign, radius }) => ({
      field: pick(shapes, generator).field,
      cover: solid.cover,
      colour: drawColour(generator),
      radius,
      x: middle.x + sign * (along.x * half + along.y * aside),
      y: middle.y + sign * (along.y * half + along.x * aside),
      angle: generator.uniform(-Math.PI, Math.PI),
    }));
    const ground = drawGround(generator, grounds.any, figures.map(({ colour }) => colour));
    return { ground, figures, noise };
  },
};

const counts: WorldTask = {
  id: 'world-counts',
  title: 'Generated world: number of objects',
  classes: ['one', 'two', 'three', 'four', 'five'],
  pool: targetPool,
  draw(label, generator) {
    // cells of a 3 × 3 lattice keep the objects apart
    const figures = [...generator.choose(9, label + 1)].map((cell) => ({
      field: pick(shapes, generator).field,
      cover: solid.cover,
      colour: drawColour(generator),
      radius: generator.uniform(3, 4.2),
      x: 6 + 10 * (cell % 3) + generator.uniform(-1, 1),
      y: 6 + 10 * Math.floor(cell / 3) + generator.uniform(-1, 1),
      angle: generator.uniform(-Math.PI, Math.PI),
    }));
    const ground = drawGround(generator, grounds.any, figures.map(({ colour }) => colour));
    return { ground, figures, noise };
  },
};

/** The tasks of the generated world; the first is the source on which home-made networks are trained. */
export const worldTasks: readonly WorldTask[] = [
  source,
  orientation,
  outlines,
  digitTask,
  colours,
  relations,
  counts,
  ...shiftedTasks.map((task) => ({ ...task, pool: targetPool })),
];
