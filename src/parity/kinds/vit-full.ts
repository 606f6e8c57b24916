import { methodById } from '../method-by-id.ts';
import type { Runner } from '../types.ts';
import { checkVitTraining, storedHead, storedVitParameter, vitCase, withoutHead } from '../vit-case.ts';

/** Full fine-tuning of a ViT with its classifier. */
export const runner: Runner = async (oracle) => {
  const at = vitCase(oracle);
  return checkVitTraining(oracle, at, {
    adapted: methodById('full-fine-tuning').adapt({
      model: at.model,
      targets: at.targets,
      options: {},
      verbalizer: null,
    }),
    initial: { ...withoutHead(at), ...storedHead(oracle) },
    stored: (tree, name) => storedVitParameter(tree, name, at.patch),
  });
};
