import { pictureInput } from '../models/index.ts';
import { inTemplate, reprogram } from '../reprogramming/index.ts';
import type { Alignment, Method, Setting, TrainingRecipe } from '../reprogramming/index.ts';
import { paddingProgram, programOf } from './program-of.ts';

/** Step decay ×0.1 at 50 % and 72 % of the epochs, Adam, W from 0: the recipe of ILM-VP's and BLM's code. */
export function programRecipe(learningRates: readonly number[]): TrainingRecipe {
  return {
    optimiser: { name: 'adam' },
    schedule: { name: 'multistep', milestones: [0.5, 0.72], factor: 0.1, per: 'epoch' },
    learningRates,
    initial: 'program 0',
  };
}

/** What a label-map method says of itself; the rest follows. */
export type LabelMapMethod = Pick<Method, 'id' | 'name' | 'paper' | 'follows' | 'file' | 'tricks'> & {
  readonly learningRates: readonly number[];
  readonly alignment: (setting: Setting) => Alignment;
};

/**
 * A pixel program whose outputs are read through a label map: what RLM, FLM, ILM, BLM and BLM+ have in common. A pair's
 * source classes are the names of the target classes in each template.
 */
export function labelMapMethod({ learningRates, alignment, ...identity }: LabelMapMethod): Method {
  return {
    ...identity,
    family: 'MR',
    options: paddingProgram,
    recipe: programRecipe(learningRates),
    trainable: 'frame: C·(H·W − s²); whole picture: C·H·W; no program: 0',
    adapt: (setting) =>
      reprogram(
        setting.model,
        { ...programOf(setting.options, pictureInput(setting.model, identity.name)), alignment: alignment(setting) },
        setting.targets,
      ),
    adaptPair: ({ classifier, wording, options }) => {
      // every name in every template is a source class, as in ILM-VP's code for CLIP
      const model = classifier(wording.templates.flatMap((template) => wording.names.map((name) => inTemplate(template, name))));
      const targets = wording.names.length;
      return reprogram(
        model,
        { ...programOf(options, pictureInput(model, identity.name)), alignment: alignment({ model, targets, options, verbalizer: null }) },
        targets,
      );
    },
  };
}

/** Maps that are renewed every epoch are counted from the outputs of the epoch before, not in an extra pass. */
export const countsWhileTraining = { name: 'label map counted from the outputs of the training epoch', exact: false } as const;
