import { z } from 'zod';
import { entry, tf } from '../../tensor/index.ts';
import { methodById } from '../method-by-id.ts';
import { storedTensor } from '../stored-params.ts';
import type { Runner } from '../types.ts';
import { checkVitTraining, storedHead, storedVitParameter, vitCase } from '../vit-case.ts';

const schema = z.looseObject({ method: z.looseObject({ tokens: z.number(), headTrained: z.literal(true) }) });
const prompt = 'manipulation.0.prompt';

/** VPT-shallow, prompt tokens and classifier trained together. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = vitCase(oracle);
  const vptShallow = methodById('vpt-shallow');
  return checkVitTraining(oracle, at, {
    adapted: vptShallow.adapt({
      model: at.model,
      targets: at.targets,
      options: { ...vptShallow.options, tokens: method.tokens },
      verbalizer: null,
    }),
    initial: {
      [prompt]: tf.tidy(() => tf.squeeze(storedTensor(oracle, 'init.prompt'), [0])),
      ...storedHead(oracle),
    },
    stored: (tree, name) =>
      name === 'prompt' ? tf.expandDims(entry(tree, prompt), 0) : storedVitParameter(tree, name, at.patch),
  });
};
