import type { ClassWording } from '../class-wording.ts';
import { synonyms } from '../world/captions.ts';
import { alikeShapes } from './alike-shapes.ts';
import { fillFrame } from './fill-frame.ts';
import { saidOf } from './said-of.ts';

/** Texts around the name of an object: all ways in which captions open. */
export const objectTemplates = [
  'a photo of a {}',
  'a picture of a {}',
  'a drawing of a {}',
  'an image of a {}',
  'there is a {}',
  'this is a {}',
  'a {}',
] as const;

/** What each shape looks like: every colour once, both sizes and the three textures equally often. */
const descriptions: Readonly<Record<string, readonly string[]>> = {
  circle: [
    'a photo of a large solid red circle on a dark background',
    'there is a small striped yellow circle',
    'an image of a small dotted cyan disc',
    'a large solid green circle on a dark background',
    'this is a large striped purple circle',
    'a picture of a small dotted white circle on a light background',
    'a drawing of a small blue disc',
    'a large orange circle',
  ],
  square: [
    'there is a small striped orange square on a dark background',
    'an image of a large dotted red square',
    'a large solid yellow box',
    'this is a small striped cyan square on a dark background',
    'a picture of a small dotted green square',
    'a drawing of a large solid purple square on a light background',
    'a large white box',
    'a photo of a small blue square',
  ],
  triangle: [
    'an image of a large dotted blue triangle on a dark background',
    'a small solid orange triangle',
    'this is a small striped red triangle',
    'a picture of a large dotted yellow triangle on a dark background',
    'a drawing of a large solid cyan triangle',
    'a small striped green triangle on a light background',
    'a photo of a small purple triangle',
    'there is a large white triangle',
  ],
  plus: [
    'a small solid white plus on a dark background',
    'this is a large striped blue plus',
    'a picture of a large dotted orange cross',
    'a drawing of a small solid red plus on a dark background',
    'a small striped yellow plus',
    'a photo of a large dotted cyan plus on a light background',
    'there is a large green cross',
    'an image of a small purple plus',
  ],
  ring: [
    'this is a large striped purple ring on a dark background',
    'a picture of a small dotted white ring',
    'a drawing of a small solid blue hoop',
    'a large striped orange ring on a dark background',
    'a photo of a large dotted red ring',
    'there is a small solid yellow ring on a light background',
    'an image of a small cyan hoop',
    'a large green ring',
  ],
  star: [
    'a picture of a small dotted green star on a dark background',
    'a drawing of a large solid purple star',
    'a large striped white star',
    'a photo of a small dotted blue star on a dark background',
    'there is a small solid orange star',
    'an image of a large striped red star on a light background',
    'a large yellow star',
    'this is a small cyan star',
  ],
  diamond: [
    'a drawing of a large solid cyan diamond on a dark background',
    'a small striped green diamond',
    'a photo of a small dotted purple diamond',
    'there is a large solid white diamond on a dark background',
    'an image of a large striped blue diamond',
    'a small dotted orange diamond on a light background',
    'this is a small red diamond',
    'a picture of a large yellow diamond',
  ],
  bar: [
    'a small striped yellow bar on a dark background',
    'a photo of a large dotted cyan bar',
    'there is a large solid green stick',
    'an image of a small striped purple bar on a dark background',
    'a small dotted white bar',
    'this is a large solid blue bar on a light background',
    'a picture of a large orange stick',
    'a drawing of a small red bar',
  ],
  crescent: [
    'a photo of a large dotted red crescent on a dark background',
    'there is a small solid yellow crescent',
    'an image of a small striped cyan moon',
    'a large dotted green crescent on a dark background',
    'this is a large solid purple crescent',
    'a picture of a small striped white crescent on a light background',
    'a drawing of a small blue moon',
    'a large orange crescent',
  ],
  hexagon: [
    'there is a small solid orange hexagon on a dark background',
    'an image of a large striped red hexagon',
    'a large dotted yellow hexagon',
    'this is a small solid cyan hexagon on a dark background',
    'a picture of a small striped green hexagon',
    'a drawing of a large dotted purple hexagon on a light background',
    'a large white hexagon',
    'a photo of a small blue hexagon',
  ],
};

/** A shape beside those that it is most like: captions tell two objects apart by where they lie. */
const beside = [
  'a photo of a {name} to the left of a {nearest}',
  'a {name} to the right of a {nearest}',
  'there is a {name} above a {nearest}',
  'a picture of a {name} below a {next}',
  'this is a {name} to the left of a {next}',
  'an image of a {name} to the right of a {third}',
  'a drawing of a {name} above a {third}',
  'a {name} below a {third}',
] as const;

function distinctions(name: string): readonly string[] {
  const [nearest, next, third] = saidOf(alikeShapes, name);
  return beside.map((frame) => fillFrame(frame, { name, nearest, next, third }));
}

/** Shapes in the words of captions. */
export const shapeWording = (classes: readonly string[]): ClassWording => ({
  names: classes,
  templates: objectTemplates,
  synonyms: classes.map((name) => [synonyms.get(name) ?? []].flat()),
  descriptions: classes.map((name) => saidOf(descriptions, name)),
  distinctions: classes.map(distinctions),
});
