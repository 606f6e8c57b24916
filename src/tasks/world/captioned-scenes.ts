import { cosine, createGenerator, sine } from '../../random/index.ts';
import type { Generator } from '../../random/index.ts';
import { drawCentre, drawColour, drawGround, grounds, pick } from './draw-parts.ts';
import { drawScene } from './draw-scene.ts';
import { palette } from './palette.ts';
import type { Figure, Scene } from './scene.ts';
import { shapes } from './shapes.ts';
import { textures } from './textures.ts';

/** Names the captioned pictures and their captions: raised whenever either changes. */
export const captionsVersion = 'world-captions/1';

export const sizes = ['small', 'large'] as const;

/** What can be said of an object, each in the word that the world has for it. */
export interface DescribedObject {
  readonly shape: string;
  readonly texture: string;
  readonly colour: string;
  readonly size: (typeof sizes)[number];
}

/** Where the first object lies from the second: the words for it, and the angle (clockwise as seen, since rows count down). */
export const relations = [
  { words: ['to', 'the', 'right', 'of'], angle: 0 },
  { words: ['to', 'the', 'left', 'of'], angle: Math.PI },
  { words: ['below'], angle: Math.PI / 2 },
  { words: ['above'], angle: -Math.PI / 2 },
] as const;
export type Relation = (typeof relations)[number];

/** The grounds of captioned scenes, and the ranges of their channels. */
export const groundsInWords = { dark: { low: 0, high: 0.25 }, light: grounds.light } as const;

/** What is true of a scene of one object, or of two and where the first lies from the second. */
export interface SceneFacts {
  readonly object: DescribedObject;
  readonly second?: { readonly object: DescribedObject; readonly relation: Relation };
  readonly ground: keyof typeof groundsInWords;
}

/** A picture before it is drawn, with what is true of it. The last figure is the object that a caption names first. */
export interface CaptionedScene {
  readonly scene: Scene;
  readonly facts: SceneFacts;
}

const noise = 0.04;
/** Of 100 scenes, how many show two objects, and how many have a light ground. */
const shares = { two: 40, light: 25 } as const;
/** Radii in pixels of an object alone, and of one beside another. */
const radii = {
  alone: { small: [5, 7], large: [9, 12] },
  beside: { small: [3.8, 4.8], large: [6, 7.5] },
} as const;

/** An object without its place: how it looks, and what can be said of it. */
interface DrawnObject {
  readonly look: Omit<Figure, 'x' | 'y'>;
  readonly described: DescribedObject;
}

function drawObject(generator: Generator, ranges: (typeof radii)[keyof typeof radii]): DrawnObject {
  const shape = pick(shapes, generator);
  const texture = pick(textures, generator);
  const colour = pick(palette, generator);
  const size = pick(sizes, generator);
  const [low, high] = ranges[size];
  return {
    look: {
      field: shape.field,
      cover: texture.cover,
      colour: drawColour(generator, colour.colour),
      radius: generator.uniform(low, high),
      angle: generator.uniform(-0.35, 0.35),
    },
    described: { shape: shape.name, texture: texture.name, colour: colour.name, size },
  };
}

function drawOne(generator: Generator): Pick<Scene, 'figures'> & Pick<SceneFacts, 'object' | 'second'> {
  const { look, described } = drawObject(generator, radii.alone);
  return { figures: [{ ...look, ...drawCentre(generator, look.radius) }], object: described };
}

function drawTwo(generator: Generator): Pick<Scene, 'figures'> & Pick<SceneFacts, 'object' | 'second'> {
  const [first, second] = [drawObject(generator, radii.beside), drawObject(generator, radii.beside)];
  const relation = pick(relations, generator);
  const angle = relation.angle + generator.uniform(-0.4, 0.4);
  const half = generator.uniform(7.5, 9);
  const middle = { x: 16 + generator.uniform(-1.5, 1.5), y: 16 + generator.uniform(-1.5, 1.5) };
  const placed = ({ look }: DrawnObject, sign: number): Figure => ({
    ...look,
    x: middle.x + sign * half * cosine(angle),
    y: middle.y + sign * half * sine(angle),
  });
  return {
    figures: [placed(second, -1), placed(first, 1)],
    object: first.described,
    second: { object: second.described, relation },
  };
}

function drawCaptioned(generator: Generator, showsTwo: boolean): CaptionedScene {
  const { figures, ...said } = showsTwo ? drawTwo(generator) : drawOne(generator);
  const name = generator.integer(100) < shares.light ? 'light' : 'dark';
  const ground = drawGround(generator, groundsInWords[name], figures.map(({ colour }) => colour));
  return { scene: { ground, figures, noise }, facts: { ...said, ground: name } };
}

/**
 * `training`: one object, or two beside each other; `probe`: one object always, for asking what a network knows of it. The
 * pictures of both are different ones.
 */
export type CaptionedPart = 'training' | 'probe';

/** The stream of a captioned picture: a function of version, part and index alone. */
export const streamOf = (part: CaptionedPart, index: number): Generator => createGenerator(captionsVersion).split(part).split(index);

/** Scene `index` of a part. */
export function captionedScene(part: CaptionedPart, index: number): CaptionedScene {
  const generator = streamOf(part, index).split('scene');
  return drawCaptioned(generator, generator.integer(100) < shares.two && part === 'training');
}

/** Picture `index` of a part, bytes of the shape of all pictures of the world. */
export const captionedPicture = (part: CaptionedPart, index: number): Uint8Array =>
  drawScene(captionedScene(part, index).scene, streamOf(part, index).split('noise'));
