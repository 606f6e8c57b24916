import type { PictureInput } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Manipulation } from '../types.ts';
import { normalisedUnits } from './normalised-units.ts';

export interface VisualPromptOptions {
  readonly input: PictureInput;
  /** A frame along the edges of the picture, a square patch in its upper left corner, or the whole picture. */
  readonly shape: 'frame' | 'fixed-patch' | 'whole';
  /** How wide the frame is, or how long the patch's side, in pixels; a whole picture has none. */
  readonly width: number;
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
}

const placesOf: Readonly<Record<VisualPromptOptions['shape'], (place: Place) => boolean>> = {
  frame: ({ row, column, rows, columns, width }) => Math.min(row, column, rows - 1 - row, columns - 1 - column) < width,
  'fixed-patch': ({ row, column, width }) => row < width && column < width,
  whole: () => true,
};

/**
 * A visual prompt x' = x + δ ⊙ M over the edges, one corner or all of a picture that keeps its size, with δ `[rows, columns,
 * channels]` in normalised units and from a standard normal law, or from 0 where it covers the whole picture, which noise would hide (Bahng et al. 2022, arXiv 2203.17274, and its code,
 * hjbahng/visual_prompting:models/prompters.py).
 * @throws RangeError where a frame leaves no picture, or a patch is larger than the picture
 */
export function visualPrompt({ input, shape, width }: VisualPromptOptions): Manipulation {
  const { rows, columns, channels } = input;
  const side = Math.min(rows, columns);
  if (shape !== 'whole' && (shape === 'frame' ? 2 * width >= side : width > side)) {
    const most = shape === 'frame' ? Math.ceil(side / 2) - 1 : side;
    throw new RangeError(`A ${shape.replace('-', ' ')} of ${width} pixels doesn't fit a picture of ${rows} × ${columns}; choose 1 to ${most}.`);
  }
  const isPrompted = placesOf[shape];
  const mask = Float32Array.from({ length: rows * columns * channels }, (_, i) => {
    const place = Math.floor(i / channels);
    return isPrompted({ row: Math.floor(place / columns), column: place % columns, rows, columns, width }) ? 1 : 0;
  });
  const dimensions = [rows, columns, channels];
  const { leave } = normalisedUnits(input);
  return {
    site: { location: 'input' },
    parameters: {
      prompt: {
        shape: dimensions,
        initial: (generator) =>
          shape === 'whole' ? new Float32Array(mask.length) : generator.normals(mask.length).map((value, i) => value * (mask[i] ?? 0)),
        active: mask.reduce((sum, value) => sum + value, 0),
      },
    },
    action: {
      operator: 'additive',
      addend: ({ prompt }) => {
        if (!prompt) throw new Error('A visual prompt was added without its parameter "prompt".');
        return leave(tf.mul(prompt, tf.tensor(mask, dimensions)));
      },
    },
  };
}
