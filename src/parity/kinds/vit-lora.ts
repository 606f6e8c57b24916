import { z } from 'zod';
import { entry, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { methodById } from '../method-by-id.ts';
import { storedTensor } from '../stored-params.ts';
import type { Runner } from '../types.ts';
import { checkVitTraining, storedHead, storedVitParameter, vitCase } from '../vit-case.ts';

const schema = z.looseObject({
  method: z.looseObject({
    r: z.number(),
    alpha: z.number(),
    targets: z.tuple([z.literal('query'), z.literal('value')]),
    headTrained: z.literal(true),
  }),
});
const theirs = /^vit\.encoder\.layer\.(\d+)\.attention\.attention\.(query|value)\.lora_(A|B)\.weight$/;

/** The name in our tree of a stored low-rank factor; undefined for anything else. PEFT's A is `[r, in]`, B `[out, r]`. */
function ours(name: string): string | undefined {
  const [, block, role, factor] = theirs.exec(name) ?? [];
  return block === undefined ? undefined : `lora.${block}.${role ?? ''}.${factor === 'A' ? 'down' : 'up'}`;
}

/** PEFT's LoRA on queries and values, with the classifier. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = vitCase(oracle);
  const lora = methodById('lora');
  const names = at.model.architecture.blocks.flatMap((_, block) =>
    ['query', 'value'].flatMap((role) => ['A', 'B'].map((factor) => `vit.encoder.layer.${block}.attention.attention.${role}.lora_${factor}.weight`)),
  );
  const factors: Params = Object.fromEntries(
    names.map((name): readonly [string, Tensor] => [ours(name) ?? name, tf.tidy(() => tf.transpose(storedTensor(oracle, `init.${name}`)))]),
  );
  return checkVitTraining(oracle, at, {
    adapted: lora.adapt({
      model: at.model,
      targets: at.targets,
      options: { ...lora.options, rank: method.r, alpha: method.alpha },
      verbalizer: null,
    }),
    initial: { ...factors, ...storedHead(oracle) },
    stored: (tree, name) => {
      const own = ours(name);
      return own === undefined ? storedVitParameter(tree, name, at.patch) : tf.transpose(entry(tree, own));
    },
  });
};
