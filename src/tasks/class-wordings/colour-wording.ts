import type { ClassWording } from '../class-wording.ts';
import { fillFrame } from './fill-frame.ts';
import { saidOf } from './said-of.ts';

const templates = [
  'a photo of a {} object',
  'a picture of a {} thing',
  'a drawing of a {} shape',
  'an image of a {} object',
  'there is a {} thing',
  'this is a {} shape',
  'a {} object',
] as const;

/** What objects of each colour look like: every shape once, both sizes equally often, each texture twice. */
const descriptions: Readonly<Record<string, readonly string[]>> = {
  red: [
    'a photo of a large solid red circle on a dark background',
    'there is a small striped red plus',
    'an image of a large dotted red diamond',
    'a small solid red hexagon on a light background',
    'this is a large striped red triangle',
    'a picture of a small dotted red star',
    'a drawing of a large red crescent',
    'a small red square on a dark background',
    'an image of a large red ring',
    'a photo of a small red bar',
  ],
  green: [
    'there is a small striped green square on a dark background',
    'an image of a large dotted green ring',
    'a small solid green bar',
    'this is a large striped green circle on a light background',
    'a picture of a small dotted green plus',
    'a drawing of a large solid green diamond',
    'a small green hexagon',
    'an image of a large green triangle on a dark background',
    'a photo of a small green star',
    'a photo of a large green crescent',
  ],
  blue: [
    'an image of a large dotted blue triangle on a dark background',
    'a small solid blue star',
    'this is a large striped blue crescent',
    'a picture of a small dotted blue square on a light background',
    'a drawing of a large solid blue ring',
    'a small striped blue bar',
    'an image of a large blue circle',
    'a photo of a small blue plus on a dark background',
    'a photo of a large blue diamond',
    'there is a small blue hexagon',
  ],
  yellow: [
    'a small solid yellow plus on a dark background',
    'this is a large striped yellow diamond',
    'a picture of a small dotted yellow hexagon',
    'a drawing of a large solid yellow triangle on a light background',
    'a small striped yellow star',
    'an image of a large dotted yellow crescent',
    'a photo of a small yellow square',
    'a photo of a large yellow ring on a dark background',
    'there is a small yellow bar',
    'an image of a large yellow circle',
  ],
  purple: [
    'this is a large striped purple ring on a dark background',
    'a picture of a small dotted purple bar',
    'a drawing of a large solid purple circle',
    'a small striped purple plus on a light background',
    'an image of a large dotted purple diamond',
    'a photo of a small solid purple hexagon',
    'a photo of a large purple triangle',
    'there is a small purple star on a dark background',
    'an image of a large purple crescent',
    'a small purple square',
  ],
  orange: [
    'a picture of a small dotted orange star on a dark background',
    'a drawing of a large solid orange crescent',
    'a small striped orange square',
    'an image of a large dotted orange ring on a light background',
    'a photo of a small solid orange bar',
    'a photo of a large striped orange circle',
    'there is a small orange plus',
    'an image of a large orange diamond on a dark background',
    'a small orange hexagon',
    'this is a large orange triangle',
  ],
  cyan: [
    'a drawing of a large solid cyan diamond on a dark background',
    'a small striped cyan hexagon',
    'an image of a large dotted cyan triangle',
    'a photo of a small solid cyan star on a light background',
    'a photo of a large striped cyan crescent',
    'there is a small dotted cyan square',
    'an image of a large cyan ring',
    'a small cyan bar on a dark background',
    'this is a large cyan circle',
    'a picture of a small cyan plus',
  ],
  white: [
    'a small striped white bar on a dark background',
    'an image of a large dotted white circle',
    'a photo of a small solid white plus',
    'a photo of a large striped white diamond on a light background',
    'there is a small dotted white hexagon',
    'an image of a large solid white triangle',
    'a small white star',
    'this is a large white crescent on a dark background',
    'a picture of a small white square',
    'a drawing of a large white ring',
  ],
};

/** For each colour the two that it is most like, the nearest first, and one to which all go as they grow pale. */
const alike: Readonly<Record<string, readonly [nearest: string, next: string, third: string]>> = {
  red: ['orange', 'purple', 'white'],
  green: ['cyan', 'yellow', 'white'],
  blue: ['purple', 'cyan', 'white'],
  yellow: ['orange', 'green', 'white'],
  purple: ['blue', 'red', 'white'],
  orange: ['yellow', 'red', 'white'],
  cyan: ['green', 'blue', 'white'],
  white: ['yellow', 'cyan', 'purple'],
};

/** An object beside others of the same shape in colours that are like its own. */
const beside = [
  'a photo of a {name} object to the left of a {nearest} object',
  'a {name} shape to the right of a {nearest} shape',
  'there is a {name} thing above a {nearest} thing',
  'a picture of a {name} circle below a {next} circle',
  'this is a {name} square to the left of a {next} square',
  'an image of a {name} ring to the right of a {third} ring',
  'a drawing of a {name} star above a {third} star',
  'a {name} object below a {third} object',
] as const;

function distinctions(name: string): readonly string[] {
  const [nearest, next, third] = saidOf(alike, name);
  return beside.map((frame) => fillFrame(frame, { name, nearest, next, third }));
}

/** Colours in the words of captions, which have one word for each. */
export const colourWording = (classes: readonly string[]): ClassWording => ({
  names: classes,
  templates,
  synonyms: classes.map(() => []),
  descriptions: classes.map((name) => saidOf(descriptions, name)),
  distinctions: classes.map(distinctions),
});
