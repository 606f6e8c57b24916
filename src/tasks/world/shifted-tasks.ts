import type { Generator } from '../../random/index.ts';
import { groundsInWords } from './captioned-scenes.ts';
import { drawCentre, drawColour, drawGround, drawRadius, member, pick } from './draw-parts.ts';
import { palette } from './palette.ts';
import type { Colour } from './palette.ts';
import type { Scene } from './scene.ts';
import { shapes } from './shapes.ts';
import type { Shape } from './shapes.ts';
import type { WorldTask } from './tasks.ts';
import { textures } from './textures.ts';

/** A task whose pools have the size of all target tasks. */
type ShiftedTask = Omit<WorldTask, 'pool'>;

const noise = 0.04;

/** One ground of so many is light, the others are dark. */
const lightIn = 4;

/** One object as captioned pictures show it: any texture and size, on a dark ground or a light one. */
function objectScene(shape: Shape, colour: Colour, generator: Generator): Scene {
  const radius = drawRadius(generator);
  const range = groundsInWords[generator.integer(lightIn) === 0 ? 'light' : 'dark'];
  return {
    ground: drawGround(generator, range, [colour]),
    figures: [
      {
        field: shape.field,
        cover: pick(textures, generator).cover,
        colour,
        radius,
        ...drawCentre(generator, radius),
        angle: generator.uniform(-0.35, 0.35),
      },
    ],
    noise,
  };
}

/** The nearest whole number; a mean of bytes is none too large. */
const asByte = (value: number): number => Math.floor(value + 0.5);

/** How much of a tinted picture is tint, and how far a pastel colour lies on the way to white. */
const shares = { tint: { low: 0.3, high: 0.6 }, white: { low: 0.3, high: 0.6 } } as const;

const tints = palette.filter(({ name }) => name !== 'white');

/** A strong colour over the whole picture: (1 − share)·picture + share·tint. */
function tinted(picture: Uint8Array, generator: Generator): Uint8Array {
  const tint = drawColour(generator, pick(tints, generator).colour);
  const share = generator.uniform(shares.tint.low, shares.tint.high);
  return picture.map((value, i) => asByte((1 - share) * value + share * 255 * (tint[i % 3] ?? 0)));
}

const tintedShapes = (id: string, title: string, order: readonly Shape[]): ShiftedTask => ({
  id,
  title,
  classes: order.map(({ name }) => name),
  draw: (label, generator) => objectScene(member(order, label), drawColour(generator), generator),
  develop: tinted,
});

/** A colour on its way to white. */
const paled = (colour: Colour, share: number): Colour => [
  colour[0] + share * (1 - colour[0]),
  colour[1] + share * (1 - colour[1]),
  colour[2] + share * (1 - colour[2]),
];

const pastelColours = (id: string, title: string, order: typeof palette): ShiftedTask => ({
  id,
  title,
  classes: order.map(({ name }) => name),
  draw(label, generator) {
    const shape = pick(shapes, generator);
    const colour = drawColour(generator, paled(member(order, label).colour, generator.uniform(shares.white.low, shares.white.high)));
    return objectScene(shape, colour, generator);
  },
});

const inverted: ShiftedTask = {
  id: 'world-inverted',
  title: 'Generated world: inverted pictures of shapes',
  classes: shapes.map(({ name }) => name),
  draw: (label, generator) => objectScene(member(shapes, label), drawColour(generator), generator),
  develop: (picture) => picture.map((value) => 255 - value),
};

/** Every other member from the first, then those between: neighbours in meaning, such as circle and hexagon, fall apart. */
const everyOther = <T>(table: readonly T[]): readonly T[] => [0, 1].flatMap((rest) => table.filter((_, i) => i % 2 === rest));

const halfOf = (task: ShiftedTask): ShiftedTask => ({ ...task, trainedClasses: task.classes.length / 2 });

/** Tasks whose objects and classes are those of captioned pictures, while the pictures have moved. */
export const shiftedTasks: readonly ShiftedTask[] = [
  tintedShapes('world-tinted', 'Generated world: shapes under a tint', shapes),
  pastelColours('world-pastel', 'Generated world: pastel colours', palette),
  inverted,
  halfOf(tintedShapes('world-tinted-unseen', 'Generated world: shapes under a tint, half of them never trained on', everyOther(shapes))),
  halfOf(pastelColours('world-pastel-unseen', 'Generated world: pastel colours, half of them never trained on', everyOther(palette))),
];
