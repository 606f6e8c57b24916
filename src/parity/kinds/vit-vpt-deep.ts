import { z } from 'zod';
import { entry, tf } from '../../tensor/index.ts';
import type { Params } from '../../tensor/index.ts';
import { methodById } from '../method-by-id.ts';
import { storedTensor } from '../stored-params.ts';
import type { Runner } from '../types.ts';
import { checkVitTraining, storedHead, storedVitParameter, vitCase } from '../vit-case.ts';

const schema = z.looseObject({ method: z.looseObject({ tokens: z.number(), headTrained: z.literal(true) }) });
const prompt = (block: number): string => `manipulation.${block}.prompt`;

/** VPT-deep, the prompts of all blocks and the classifier trained together; theirs stand in one tensor [layers, P, width]. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = vitCase(oracle);
  const blocks = at.model.architecture.blocks.map((_, block) => block);
  const stored = storedTensor(oracle, 'init.prompt');
  const prompts: Params = Object.fromEntries(
    blocks.map((block) => [prompt(block), tf.tidy(() => tf.squeeze(tf.slice(stored, [block, 0, 0], [1, -1, -1]), [0]))]),
  );
  stored.dispose();
  const vptDeep = methodById('vpt-deep');
  return checkVitTraining(oracle, at, {
    adapted: vptDeep.adapt({
      model: at.model,
      targets: at.targets,
      options: { ...vptDeep.options, tokens: method.tokens },
      verbalizer: null,
    }),
    initial: { ...prompts, ...storedHead(oracle) },
    stored: (tree, name) =>
      name === 'prompt' ? tf.stack(blocks.map((block) => entry(tree, prompt(block)))) : storedVitParameter(tree, name, at.patch),
  });
};
