import { pictureInput } from '../models/index.ts';
import { countOption, fixedBorder, reprogram, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
/**
 * An instruction in pictures, nothing trained: the picture is set into a fixed blank border, as a word is set into a
 * sentence template, and the answer is read by a verbalizer, which names for every target class the source classes that
 * mean it. p(target) = Σ p(its source classes). Our own smallest member of the third family; the verbalizers are ours too.
 */
export const pictureTemplate: Method = {
  id: 'picture-template',
  name: 'Picture template with verbalizer',
  family: 'PI',
  paper: 'ye2025reprogrammability',
  follows: 'paper',
  file: 'src/methods/picture-template.ts',
  options: { border: 2, shade: 0 },
  recipe: null,
  trainable: '0',
  tricks: [],
  adapt: ({ model, targets, options, verbalizer }) => {
    if (!verbalizer) {
      throw new RangeError(`There is no verbalizer for ${model.id} and this task, so an instruction cannot be read off its answers.`);
    }
    const input = pictureInput(model, 'A picture template');
    const pictureSize = wholeCanvas(input).size - 2 * countOption(options, 'border');
    const shade = options['shade'];
    if (typeof shade !== 'number' || shade < 0 || shade > 1) {
      throw new RangeError(`Option "shade" is ${JSON.stringify(shade)}; it must be a grey between 0 and 1.`);
    }
    const canvas = new Float32Array(input.rows * input.columns * input.channels).fill(shade);
    return reprogram(
      model,
      {
        fit: { size: pictureSize },
        manipulations: [fixedBorder({ input, pictureSize, canvas })],
        alignment: { kind: 'structural', reads: 'probabilities', rule: () => verbalizer },
      },
      targets,
    );
  },
};
