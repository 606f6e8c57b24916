import type { TensorData } from '../assets/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { KwtOptions } from './kwt.ts';
import { floatValues } from './tensor-values.ts';
import { checkTensors } from './weight-shapes.ts';

/** One of our weights and the tensors it is made of; matrices are `[out, in]` there, and several become one side by side. */
interface Origin {
  readonly ours: string;
  readonly theirs: readonly string[];
  readonly shape: readonly number[];
}

const asItIs = (ours: string, name: string, shape: readonly number[]): Origin => ({ ours, theirs: [name], shape });
const dense = (ours: string, weight: string, bias: string, [from, to]: readonly [number, number]): Origin[] => [
  asItIs(`${ours}.weight`, weight, [to, from]),
  asItIs(`${ours}.bias`, bias, [to]),
];

/** TensorFlow numbers layers through: the first has no number, the next is 1. */
const numbered = (layer: string, index: number): string => (index === 0 ? layer : `${layer}_${index}`);

function originsOfBlock(index: number, { width, mlpWidth }: KwtOptions): Origin[] {
  const [ours, theirs] = [`blocks.${index}`, `kws_transformer/${numbered('transformer_block', index)}`];
  const attention = `${theirs}/${numbered('multi_head_self_attention', index)}`;
  const mlp = `${theirs}/${numbered('sequential', index)}`;
  // six dense layers a block, after the one that embeds
  const layer = (at: number): string => numbered('dense', 6 * index + at);
  const matrix = (group: string, at: number): string => `${group}/${layer(at)}/Tensordot/MatMul`;
  const norm = (at: 1 | 2): Origin[] => {
    const name = `${theirs}/${numbered('layer_normalization', 2 * index + at - 1)}`;
    return [
      asItIs(`${ours}.norm${at}.gain`, `${name}/gamma`, [width]),
      asItIs(`${ours}.norm${at}.shift`, `${name}/beta`, [width]),
    ];
  };
  return [
    { ours: `${ours}.attention.qkv.weight`, theirs: [1, 2, 3].map((at) => matrix(attention, at)), shape: [width, width] },
    ...dense(`${ours}.attention.output`, matrix(attention, 4), `${attention}/${layer(4)}/bias`, [width, width]),
    ...norm(1),
    ...dense(`${ours}.mlp.in`, matrix(mlp, 5), `${mlp}/${layer(5)}/bias`, [width, mlpWidth]),
    ...dense(`${ours}.mlp.out`, matrix(mlp, 6), `${mlp}/${layer(6)}/bias`, [mlpWidth, width]),
    ...norm(2),
  ];
}

function originsOf(options: KwtOptions): Origin[] {
  const { frontEnd, width, depth, outputs } = options;
  const [frames, values] = frontEnd.shape;
  const head = `${numbered('sequential', depth)}/${numbered('dense', 6 * depth + 1)}`;
  return [
    asItIs('embed.class', 'class_emb', [1, 1, width]),
    asItIs('embed.position', 'pos_emb', [1, frames + 1, width]),
    ...dense('embed.projection', 'kws_transformer/dense/Tensordot/MatMul', 'kws_transformer/dense/bias', [values, width]),
    ...Array.from({ length: depth }, (_, index) => originsOfBlock(index, options)).flat(),
    ...dense('head', `${head}/MatMul`, `${head}/bias`, [width, outputs]),
  ];
}

/** A model's file holds more constants: those of its front end, and single numbers and shapes that its graph needs. */
function isWeight(name: string, { dtype, values }: TensorData): boolean {
  return dtype === 'float32' && values.length > 1 && !name.startsWith('speech_features/');
}

/**
 * Weights of a Keyword Transformer from the constants of its TensorFlow Lite model
 * (ARM-software/keyword-transformer:models_data_v2_12_labels) in our layout.
 * @throws Error with all tensors that are missing, of another shape or not known
 */
export function readKwt(tensors: ReadonlyMap<string, TensorData>, options: KwtOptions): Params {
  const origins = originsOf(options);
  const weights = new Map([...tensors].filter(([name, data]) => isWeight(name, data)));
  checkTensors('a Keyword Transformer', weights, origins.flatMap(({ theirs, shape }) => theirs.map((name) => [name, shape] as const)));
  return Object.fromEntries(
    origins.map(({ ours, theirs, shape }): [string, Tensor] => [
      ours,
      tf.tidy(() => {
        const parts = theirs.map((name) => tf.tensor(floatValues(weights, name).values, [...shape]));
        return shape.length === 2 ? tf.transpose(tf.concat(parts, 0)) : tf.concat(parts, 0);
      }),
    ]),
  );
}
