import type { DescribedObject } from './captioned-scenes.ts';
import { palette } from './palette.ts';
import { shapes } from './shapes.ts';
import { textures } from './textures.ts';

/** What of an object a network that compares pictures with texts can be asked without training. */
export interface CaptionProbe {
  readonly asks: keyof Pick<DescribedObject, 'shape' | 'colour' | 'texture'>;
  readonly classes: readonly string[];
  /** Texts in the words of captions; `{}` is where the name of a class goes. */
  readonly templates: readonly string[];
}

const openings = ['a photo of', 'a picture of', 'a drawing of', 'this is'] as const;
const behind = (rest: string): readonly string[] => openings.map((opening) => `${opening} a {}${rest}`);
const namesOf = (table: readonly { readonly name: string }[]): readonly string[] => table.map(({ name }) => name);

/** Shape, colour and texture of one object. */
export const captionProbes: readonly CaptionProbe[] = [
  { asks: 'shape', classes: namesOf(shapes), templates: behind('') },
  { asks: 'colour', classes: namesOf(palette), templates: behind(' object') },
  { asks: 'texture', classes: namesOf(textures), templates: behind(' object') },
];
