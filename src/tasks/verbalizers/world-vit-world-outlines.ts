import { shapes } from '../world/shapes.ts';
import { textures } from '../world/textures.ts';
import type { Verbalizer } from './verbalizer.ts';

/** The home-made transformer reads an outline by its shape, whichever texture it takes it for. */
export const worldVitWorldOutlines: Verbalizer = {
  model: 'world-vit',
  task: 'world-outlines',
  assignments: shapes.map((shape) => ({
    target: shape.name,
    sources: textures.map((texture) => `${texture.name} ${shape.name}`),
  })),
};
