import { methodById } from '../method-by-id.ts';
import type { Runner } from '../types.ts';
import { checkVitTraining, storedHead, storedVitParameter, vitCase } from '../vit-case.ts';

/** The linear probe on a ViT's class token. */
export const runner: Runner = async (oracle) => {
  const at = vitCase(oracle);
  return checkVitTraining(oracle, at, {
    adapted: methodById('linear-probe').adapt({ model: at.model, targets: at.targets, options: {}, verbalizer: null }),
    initial: storedHead(oracle),
    stored: (tree, name) => storedVitParameter(tree, name, at.patch),
  });
};
