import { countParameters, initialParameters } from '../reprogramming/index.ts';
import type { Method, ParameterSpec, ParameterSpecs } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { adaptLanguageWeights } from './adapt-language-weights.ts';
import { adaptWeights } from './adapt-weights.ts';
import type { WeightChange } from './adapt-weights.ts';
import { blocksOf, partsOf, partsOfLanguage } from './transformer-parts.ts';
import type { TransformerParts } from './transformer-parts.ts';

const scales = ['keys', 'values', 'inner'] as const;
const nameOf = (block: number, scale: (typeof scales)[number]): string => `ia3.${block}.${scale}`;

const ones = (width: number): ParameterSpec => ({ shape: [width], initial: () => new Float32Array(width).fill(1) });

function part(params: Params, name: string): Tensor {
  const tensor = params[name];
  if (!tensor) throw new Error(`(IA)^3 was applied without '${name}'.`);
  return tensor;
}

/**
 * Learned scales, from 1, on the keys, the values and the inner activations of the MLP of every block: the columns of the
 * projection that makes keys and values (and of its bias, where it has one), and the rows of the MLP's second matrix.
 */
function learnedScales(parts: TransformerParts): WeightChange {
  const { queryWidth, keyWidth, weights } = parts;
  const blocks = blocksOf(parts);
  const projection = (block: number): string => `blocks.${block}.attention.qkv`;
  const out = (block: number): string => `blocks.${block}.mlp.out.weight`;
  const specs: ParameterSpecs = Object.fromEntries(
    blocks.flatMap((block) => {
      const inner = part(weights, out(block)).shape[0] ?? 0;
      return scales.map((scale) => [nameOf(block, scale), ones(scale === 'inner' ? inner : keyWidth)] as const);
    }),
  );
  return {
    count: countParameters(specs),
    initialise: (generator) => initialParameters(specs, generator),
    weights: (trained, frozen) => {
      const scaled = blocks.flatMap((block) => {
        const columns = tf.concat([tf.ones([queryWidth]), part(trained, nameOf(block, 'keys')), part(trained, nameOf(block, 'values'))]);
        const rows = tf.reshape(part(trained, nameOf(block, 'inner')), [-1, 1]);
        const projections = [`${projection(block)}.weight`, `${projection(block)}.bias`].flatMap((name) => {
          const tensor = frozen[name];
          return tensor ? [[name, tf.mul(tensor, columns)] as const] : [];
        });
        return [...projections, [out(block), tf.mul(part(frozen, out(block)), rows)] as const];
      });
      return { ...frozen, ...Object.fromEntries(scaled) };
    },
  };
}

/**
 * (IA)³ (Liu et al. 2022, arXiv 2205.05638): keys, values and the inner activations of the MLP are multiplied by learned
 * vectors, and a new linear head, which starts from the linear probe, reads the features. The vectors are merged into the
 * weights once a step.
 */
export const ia3: Method = {
  id: 'ia3',
  name: '(IA)^3',
  family: 'PCA',
  paper: 'liu2022tfew',
  follows: 'paper',
  file: 'src/adaptation/ia3.ts',
  options: {},
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'scales 1; head from the linear probe',
  },
  trainable: 'L·(2·v + f) + d·K + K, v the width of keys and values',
  tricks: [
    { name: 'the scales are merged into the weights once a step', exact: true },
    { name: 'the last block of a transformer computes the class token only', exact: true },
  ],
  adapt: ({ model, targets }) => adaptWeights(model, learnedScales(partsOf(model, '(IA)^3')), targets),
  adaptLanguage: (setting) => adaptLanguageWeights(setting, learnedScales(partsOfLanguage(setting.model))),
  onText: { initial: 'scales 1', tricks: [{ name: 'the scales are merged into the weights once a step', exact: true }] },
};
