import { takesPictures } from '../models/index.ts';
import type { PictureInput } from '../models/index.ts';
import { onImage, onlyPairs, reprogramPair } from '../reprogramming/index.ts';
import type { Manipulation, Method } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';

/**
 * Red circle (Shtedritski et al. 2023, arXiv 2304.06712; suny-sht/clip-red-circle): a circle is drawn on the picture to say
 * where to look; nothing is learned. Pictures here have one object and no word of where it is, so the circle stands in the
 * middle, as large as the picture allows.
 */
export const redCircle: Method = {
  id: 'red-circle',
  name: 'Red circle prompting',
  family: 'PI',
  paper: 'shtedritski2023redcircle',
  follows: 'paper',
  file: 'src/methods/red-circle.ts',
  options: {},
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'class texts are read once', exact: true }],
  adapt: onlyPairs('Red circle prompting'),
  adaptPair: (setting) => {
    const { input } = setting.model.architecture.image;
    if (!takesPictures(input) || input.channels !== 3) throw new RangeError(`${setting.model.id} takes no coloured pictures; a red circle needs them.`);
    return reprogramPair(setting, { manipulations: [onImage(drawnCircle(input))], reading: { as: 'nearest-text' } });
  },
};

/** A line of a sixteenth of the picture's side, half of it inside the largest circle that leaves the line within the picture. */
function drawnCircle({ rows, columns }: PictureInput): Manipulation {
  const side = Math.min(rows, columns);
  const line = side / 16;
  const radius = (side - line) / 2;
  const isOnLine = (row: number, column: number): boolean => {
    const [y, x] = [row + 0.5 - rows / 2, column + 0.5 - columns / 2];
    return Math.abs(Math.sqrt(x * x + y * y) - radius) <= line / 2;
  };
  const mask = Float32Array.from({ length: rows * columns }, (_, i) => (isOnLine(Math.floor(i / columns), i % columns) ? 1 : 0));
  return {
    site: { location: 'input' },
    parameters: {},
    action: {
      operator: 'additive',
      addend: (_, pictures) => tf.mul(tf.sub(tf.tensor1d([1, 0, 0]), pictures), tf.tensor3d(mask, [rows, columns, 1])),
    },
  };
}
