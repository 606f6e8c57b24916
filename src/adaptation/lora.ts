import { countOption, countParameters, initialParameters, uniformWithin, zeros } from '../reprogramming/index.ts';
import type { Method, Options, ParameterSpecs } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { adaptLanguageWeights } from './adapt-language-weights.ts';
import { adaptPairWeights, adaptWeights, isReadByTexts } from './adapt-weights.ts';
import type { WeightChange } from './adapt-weights.ts';
import { blocksOf, partsOf, partsOfLanguage } from './transformer-parts.ts';
import type { TransformerParts } from './transformer-parts.ts';

/** The projection of a block that makes queries, keys and values side by side. */
const projection = (block: number): string => `blocks.${block}.attention.qkv.weight`;
const down = (block: number, role: string): string => `lora.${block}.${role}.down`;
const up = (block: number, role: string): string => `lora.${block}.${role}.up`;

function part(params: Params, name: string): Tensor {
  const tensor = params[name];
  if (!tensor) throw new Error(`LoRA was applied without its parameter '${name}'.`);
  return tensor;
}

/**
 * Low-rank changes of queries and values: W + (α/r)·A·B with A `[width, r]` and B `[r, out]`, in our layout
 * x·W. A starts uniform within 1/√width (PEFT's Kaiming rule with a = √5), B at 0, so that nothing changes at first.
 */
function lowRankChange(parts: TransformerParts, rank: number, alpha: number): WeightChange {
  const { width, queryWidth, keyWidth } = parts;
  const blocks = blocksOf(parts);
  const specs: ParameterSpecs = Object.fromEntries(
    blocks.flatMap((block) =>
      ([['query', queryWidth], ['value', keyWidth]] as const).flatMap(([role, out]) => [
        [down(block, role), uniformWithin([width, rank], 1 / Math.sqrt(width))] as const,
        [up(block, role), zeros([rank, out])] as const,
      ]),
    ),
  );
  return {
    count: countParameters(specs),
    initialise: (generator) => initialParameters(specs, generator),
    weights: (trained, frozen) => {
      const changed = blocks.map((block) => {
        const change = (role: string): Tensor =>
          tf.mul(tf.matMul(part(trained, down(block, role)), part(trained, up(block, role))), alpha / rank);
        const delta = tf.concat([change('query'), tf.zeros([width, keyWidth]), change('value')], 1);
        return [projection(block), tf.add(part(frozen, projection(block)), delta)] as const;
      });
      return { ...frozen, ...Object.fromEntries(changed) };
    },
  };
}

const changeOf = (parts: TransformerParts, options: Options): WeightChange =>
  lowRankChange(parts, countOption(options, 'rank'), countOption(options, 'alpha'));

/**
 * LoRA (Hu et al. 2022, arXiv 2106.09685; huggingface/peft) on the queries and values of every block, with a new linear
 * head that starts from the linear probe; in the image tower of a pair answers are read by the texts of the classes. The change
 * is merged into the weights once a step.
 */
export const lora: Method = {
  id: 'lora',
  name: 'LoRA',
  family: 'PCA',
  paper: 'hu2022lora',
  follows: 'paper',
  file: 'src/adaptation/lora.ts',
  options: { rank: 4, alpha: 8 },
  furtherOptions: ['read'],
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.001, 0.003, 0.01],
    initial: 'down uniform within 1/√width, up 0; head from the linear probe',
  },
  trainable: 'L·r·(3·d + v) + d·K + K, v the width of the values',
  tricks: [
    { name: 'the low-rank change is merged into the weights once a step', exact: true },
    { name: 'the last block computes the class token only', exact: true },
  ],
  adapt: ({ model, targets, options }) => adaptWeights(model, changeOf(partsOf(model, 'LoRA'), options), targets),
  adaptPair: (setting) => adaptPairWeights(setting, (network) => changeOf(partsOf(network, 'LoRA'), setting.options)),
  onPair: (options) => ({
    initial: `down uniform within 1/√width, up 0${isReadByTexts(options) ? '' : '; head from the linear probe'}`,
    tricks: [
      { name: 'the low-rank change is merged into the weights once a step', exact: true },
      ...(isReadByTexts(options) ? [{ name: 'class texts are read once', exact: true }] : []),
      { name: 'the last block computes the class token only', exact: true },
    ],
  }),
  adaptLanguage: (setting) => adaptLanguageWeights(setting, changeOf(partsOfLanguage(setting.model), setting.options)),
  onText: { initial: 'down uniform within 1/√width, up 0', tricks: [{ name: 'the low-rank change is merged into the weights once a step', exact: true }] },
};
