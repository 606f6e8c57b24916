import type { Generator } from '../../random/index.ts';
import { captionedScene, groundsInWords, relations, sizes, streamOf } from './captioned-scenes.ts';
import type { CaptionedPart, DescribedObject, SceneFacts } from './captioned-scenes.ts';
import { pick } from './draw-parts.ts';
import { palette } from './palette.ts';
import { shapes } from './shapes.ts';
import { textures } from './textures.ts';

/** What a caption opens with, if anything. */
const openings: readonly (readonly string[])[] = [
  ['a', 'photo', 'of'],
  ['a', 'picture', 'of'],
  ['a', 'drawing', 'of'],
  ['an', 'image', 'of'],
  ['there', 'is'],
  ['this', 'is'],
  [],
];

/** The article before an object, whatever follows. */
const article = 'a';

/** What some objects are called now and then. */
export const synonyms: ReadonlyMap<string, string> = new Map([
  ['circle', 'disc'],
  ['square', 'box'],
  ['plus', 'cross'],
  ['ring', 'hoop'],
  ['bar', 'stick'],
  ['crescent', 'moon'],
]);

/** What any object may be called where something else is said of it. */
export const anyObject = ['object', 'thing', 'shape'] as const;

/** Of 100 objects, how often an attribute isn't said. */
const dropped = { size: 45, texture: 67, colour: 30 } as const;
/** Of 100 objects, how many go by a word for any object, and by their synonym where they have one. */
const renamed = { anyObject: 12, synonym: 8 } as const;
/** Of 100 captions of one object, how many say what ground it is on. */
const groundSaid = 25;

const ground = (name: string): readonly string[] => ['on', 'a', name, 'background'];

function nounOf(shape: string, isBare: boolean, generator: Generator): string {
  const draw = generator.integer(100);
  const general = pick(anyObject, generator);
  if (draw < renamed.anyObject && !isBare) return general;
  return draw < renamed.anyObject + renamed.synonym ? (synonyms.get(shape) ?? shape) : shape;
}

function objectInWords({ shape, texture, colour, size }: DescribedObject, generator: Generator): readonly string[] {
  const said = (share: number, word: string): readonly string[] => (generator.integer(100) < share ? [] : [word]);
  const attributes = [...said(dropped.size, size), ...said(dropped.texture, texture), ...said(dropped.colour, colour)];
  return [article, ...attributes, nounOf(shape, attributes.length === 0, generator)];
}

/** Something true of a scene, some of it left out: words of {@link captionWords}, separated by one space each. */
export function captionOf({ object, second, ground: under }: SceneFacts, generator: Generator): string {
  const opening = pick(openings, generator);
  const first = objectInWords(object, generator);
  const rest = second
    ? [...second.relation.words, ...objectInWords(second.object, generator)]
    : generator.integer(100) < groundSaid
      ? ground(under)
      : [];
  return [...opening, ...first, ...rest].join(' ');
}

/** Caption number `which` of picture `index`; a picture has as many as are asked for. */
export const worldCaption = (part: CaptionedPart, index: number, which: number): string =>
  captionOf(captionedScene(part, index).facts, streamOf(part, index).split('caption').split(which));

/** What the tokens of a caption begin and end with. */
export const captionMarks = { start: '<s>', end: '<e>' } as const;

/** All words of captions behind the marks; the place of a word is its number. */
export const captionWords: readonly string[] = [
  ...new Set([
    ...Object.values(captionMarks),
    ...openings.flat(),
    article,
    ...relations.flatMap(({ words }) => words),
    ...Object.keys(groundsInWords).flatMap(ground),
    ...anyObject,
    ...sizes,
    ...palette.map(({ name }) => name),
    ...textures.map(({ name }) => name),
    ...shapes.map(({ name }) => name),
    ...synonyms.values(),
  ]),
];
