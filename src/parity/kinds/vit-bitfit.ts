import type { Params } from '../../tensor/index.ts';
import { methodById } from '../method-by-id.ts';
import type { Runner } from '../types.ts';
import { checkVitTraining, storedHead, storedVitParameter, vitCase, withoutHead } from '../vit-case.ts';

/** Every bias of a ViT, layer norms' shifts among them, and the classifier; the other weights stay fixed. */
export const runner: Runner = async (oracle) => {
  const at = vitCase(oracle);
  const weights = Object.entries(withoutHead(at));
  const isBias = (name: string): boolean => name.endsWith('.bias') || name.endsWith('.shift');
  const biases: Params = Object.fromEntries(weights.filter(([name]) => isBias(name)));
  for (const [name, tensor] of weights) if (!isBias(name)) tensor.dispose();
  return checkVitTraining(oracle, at, {
    adapted: methodById('bitfit').adapt({ model: at.model, targets: at.targets, options: {}, verbalizer: null }),
    initial: { ...biases, ...storedHead(oracle) },
    stored: (tree, name) => storedVitParameter(tree, name, at.patch),
  });
};
