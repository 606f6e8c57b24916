import type { ClassWording } from '../class-wording.ts';
import { synonyms } from '../world/captions.ts';
import { textures } from '../world/textures.ts';
import { alikeShapes } from './alike-shapes.ts';
import { fillFrame } from './fill-frame.ts';
import { saidOf } from './said-of.ts';
import { objectTemplates } from './shape-wording.ts';

/** What an object of one texture and shape looks like: every colour once, both sizes equally often. */
const looks = [
  'a photo of a large {texture} red {shape} on a dark background',
  'there is a small {texture} yellow {shape}',
  'an image of a large {texture} cyan {shape} on a light background',
  'a small {texture} green {shape}',
  'this is a large {texture} purple {shape}',
  'a picture of a small {texture} white {shape} on a dark background',
  'a drawing of a large {texture} blue {shape}',
  'a small {texture} orange {shape} on a light background',
] as const;

/** An object beside the same shape in other textures, and beside like shapes in the same texture. */
const beside = [
  'a photo of a {texture} {shape} to the left of a {another} {shape}',
  'a {texture} {shape} to the right of a {yetAnother} {shape}',
  'there is a {texture} {shape} above a {texture} {nearest}',
  'a picture of a {texture} {shape} below a {texture} {next}',
  'this is a {texture} {shape} to the left of a {texture} {third}',
  'an image of a {texture} {shape} to the right of a {another} {nearest}',
  'a drawing of a {texture} {shape} above a {yetAnother} {shape}',
  'a {texture} {shape} below a {another} {shape}',
] as const;

/** Its parts of a name such as `striped circle`. */
function partsOf(name: string): { readonly texture: string; readonly shape: string } {
  const [texture = '', shape = ''] = name.split(' ');
  return { texture, shape };
}

function distinctions(name: string): readonly string[] {
  const { texture, shape } = partsOf(name);
  const [another = '', yetAnother = ''] = textures.map((each) => each.name).filter((each) => each !== texture);
  const [nearest, next, third] = saidOf(alikeShapes, shape);
  return beside.map((frame) => fillFrame(frame, { texture, shape, another, yetAnother, nearest, next, third }));
}

function otherNames(name: string): readonly string[] {
  const { texture, shape } = partsOf(name);
  const synonym = synonyms.get(shape);
  return synonym === undefined ? [] : [`${texture} ${synonym}`];
}

/** Shapes with their textures in the words of captions: `striped circle`. */
export const texturedShapeWording = (classes: readonly string[]): ClassWording => ({
  names: classes,
  templates: objectTemplates,
  synonyms: classes.map(otherNames),
  descriptions: classes.map((name) => looks.map((frame) => fillFrame(frame, { ...partsOf(name) }))),
  distinctions: classes.map(distinctions),
});
